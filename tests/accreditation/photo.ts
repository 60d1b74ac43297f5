import { createCanvas } from '@napi-rs/canvas';

/** What `setInputFiles` takes: the drawing of a face, larger than a badge needs it and left of the middle. */
export function facePhoto(shirt = '#3f6f8f'): { name: string; mimeType: string; buffer: Buffer } {
  const canvas = createCanvas(1200, 900);
  const paint = canvas.getContext('2d');
  const circle = (colour: string, x: number, y: number, width: number, height: number) => {
    paint.fillStyle = colour;
    paint.beginPath();
    paint.ellipse(x, y, width, height, 0, 0, 2 * Math.PI);
    paint.fill();
  };
  paint.fillStyle = '#d9dee4';
  paint.fillRect(0, 0, 1200, 900);
  circle(shirt, 480, 900, 300, 260);
  circle('#4a3426', 480, 380, 205, 250);
  circle('#d9a681', 480, 430, 165, 215);
  for (const x of [415, 545]) circle('#2c2018', x, 400, 17, 12);
  circle('#a2524a', 480, 540, 55, 13);
  return { name: 'face.jpg', mimeType: 'image/jpeg', buffer: canvas.toBuffer('image/jpeg') };
}
