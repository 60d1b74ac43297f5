/** Something that judges scans on a port of this machine. */
export interface Service {
  readonly pid: number;
  readonly port: number;
  stop(): Promise<void>;
}
