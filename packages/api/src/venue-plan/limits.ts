/** Bytes of a file that is uploaded as a plan: a good scan of a large sheet. */
export const planFileBytesMax = 4 * 1024 * 1024;

/** Characters of a drawing as it is kept: every wall and every editor loads it. */
export const planSvgCharsMax = 3 * 1024 * 1024;

/** Pixels of a picture before it is made smaller: what 300 dots an inch make of an A1 sheet. */
export const picturePixelsMax = 80_000_000;

/** Pixels of its longer side as it is kept: more than a screen shows at once. */
export const pictureSideMax = 3_000;

/** Elements of an SVG. One with more is slow to draw on every wall. */
export const svgElementsMax = 50_000;

/** Levels of elements in each other. */
export const svgDepthMax = 60;

/** Units of a plan's longer side: a drawing that is much smaller or larger is scaled to `planSideUsual`. */
export const planSideMin = 400;
export const planSideMax = 10_000;
export const planSideUsual = 1_600;

/** Corners of an area. */
export const cornersMax = 300;

/** Characters of the name of an area or a checkpoint: it must fit a line on a phone. */
export const nameLengthMax = 60;

export const checkpointsMax = 200;

/** People in an area: more than any venue holds. */
export const capacityMax = 1_000_000;
