/** What of a picture is shown: around a point of it, in pixels of the picture. */
export interface Crop {
  x: number;
  y: number;
  /** 1 shows as much as there is; 4 a quarter of its width. */
  zoom: number;
}

interface Size {
  width: number;
  height: number;
}

export const zoomMax = 4;

/** The part of a picture that fills a frame of these proportions, in the picture's pixels. Never beyond its edge. */
export function shownPart(picture: Size, frame: Size, crop: Crop): Size & { x: number; y: number } {
  const zoom = Math.min(zoomMax, Math.max(1, crop.zoom));
  const scale = Math.min(picture.width / frame.width, picture.height / frame.height) / zoom;
  const [width, height] = [frame.width * scale, frame.height * scale];
  return {
    width,
    height,
    x: within(crop.x - width / 2, picture.width - width),
    y: within(crop.y - height / 2, picture.height - height),
  };
}

/** As much of the picture as fits, a little above its middle, where faces are. */
export function firstCrop({ width, height }: Size): Crop {
  return { x: width / 2, y: height * 0.45, zoom: 1 };
}

/** After the picture was moved by so much of the frame's width and height. */
export function movedCrop(
  picture: Size,
  frame: Size,
  crop: Crop,
  by: { x: number; y: number },
): Crop {
  const part = shownPart(picture, frame, crop);
  const moved = {
    ...crop,
    x: part.x + part.width / 2 - by.x * part.width,
    y: part.y + part.height / 2 - by.y * part.height,
  };
  const shown = shownPart(picture, frame, moved);
  return { ...moved, x: shown.x + shown.width / 2, y: shown.y + shown.height / 2 };
}

function within(value: number, max: number): number {
  return Math.min(Math.max(0, value), max);
}
