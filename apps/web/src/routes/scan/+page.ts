/** A scanner is made of this browser's camera and of what it keeps: there is nothing to render elsewhere. */
export const ssr = false;
