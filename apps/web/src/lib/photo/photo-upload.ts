/** A picture as it is sent, and that its person agreed to it; null where there is none. */
export type PhotoUpload = { picture: Uint8Array<ArrayBuffer>; consent: boolean } | null;
