/** A photo as it is kept: a JPEG of these many pixels, as tall as on a passport. */
export const photoSize = { width: 480, height: 600 } as const;

/** Bytes of a picture that is sent in. The browser crops and makes it small, and sends a quarter of this. */
export const photoUploadBytesMax = 360 * 1024;
