/**
 * Where a browser's places stay between requests: cookies that no script can read, one for each event. Whoever copies one has
 * nothing without the key it was signed for.
 */
export interface PlaceCookies {
  read(slug: string): string | undefined;
  keep(slug: string, token: string): void;
}
