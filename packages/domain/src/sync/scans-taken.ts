/** How far a site has the scans of an event that each other site wrote: what it knew when it wrote a fact that names this. */
export type ScansTaken = readonly { readonly site: number; readonly scansNo: number }[];
