/** How often (ms) a page asks where no stream can be had. */
const askEveryMs = 10_000;

export interface Followed {
  /** Of a stream of server-sent events. */
  url: string;
  /** What to do with the data of each event, by its name. */
  on: Record<string, (data: string) => void>;
  /** Asks once; instead of the stream, where there is none. */
  ask: () => Promise<void>;
}

/** Keeps up with what the server tells while the page is looked at, until the returned function is called. */
export function follow(followed: Followed): () => void {
  let leave: (() => void) | undefined;
  // A page in the background keeps no line open: browsers have few of them for each site.
  const look = () => {
    if (document.visibilityState === 'visible') {
      leave ??= listen(followed);
    } else {
      leave?.();
      leave = undefined;
    }
  };
  look();
  document.addEventListener('visibilitychange', look);
  return () => {
    document.removeEventListener('visibilitychange', look);
    leave?.();
  };
}

function listen({ url, on, ask }: Followed): () => void {
  const source = new EventSource(url);
  let asking: ReturnType<typeof setInterval> | undefined;
  for (const [name, take] of Object.entries(on)) {
    source.addEventListener(name, ({ data }: MessageEvent<string>) => take(data));
  }
  // A line that broke is mended by the browser; one that was refused is not.
  source.addEventListener('error', () => {
    if (source.readyState !== EventSource.CLOSED) return;
    // What was known stays on the page when an answer does not come; the next one may.
    asking ??= setInterval(() => void ask().catch(() => undefined), askEveryMs);
  });
  return () => {
    source.close();
    clearInterval(asking);
  };
}
