/** What a mail says, before it is set as text or as HTML. All texts are plain. */
export interface Letter {
  readonly title: string;
  readonly subtitle: string;
  readonly paragraphs: readonly string[];
  readonly action: Link;
  readonly items: readonly { title: string; lines: readonly string[]; link: Link }[];
  readonly notes: readonly string[];
  readonly footer: readonly string[];
}

export interface Link {
  readonly label: string;
  readonly url: string;
}
