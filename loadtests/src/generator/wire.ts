/** How scans travel to a service and answers back. */
export interface Wire {
  /** Puts a scan (JSON) into the bytes that `send` takes. Done for all scans of a run before it starts. */
  encode(scan: Buffer): Buffer;
  /** Opens a line as a device. @throws when it is refused. */
  open(port: number, token: string, handlers: LineHandlers): Promise<Line>;
}

export interface LineHandlers {
  /** An answer, as JSON. */
  heard(text: string): void;
  /** The other side ended the line; `why` is for a person. */
  closed(why: string): void;
}

/** One connection of one scanner. */
export interface Line {
  send(bytes: Buffer): void;
  /** Reads nothing more. */
  pause(): void;
  close(): void;
}
