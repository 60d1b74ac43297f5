/*
 * What a drawing may be made of. Whatever is not here is left out with all that is in it: scripts, event handlers, `foreignObject`,
 * animations that set addresses, links.
 */

export const elements = new Set([
  ...['svg', 'g', 'defs', 'symbol', 'use', 'title', 'desc', 'style', 'switch'],
  ...['path', 'rect', 'circle', 'ellipse', 'line', 'polyline', 'polygon', 'image'],
  ...['text', 'tspan', 'textPath', 'marker', 'pattern', 'mask', 'clipPath'],
  ...['linearGradient', 'radialGradient', 'stop', 'filter'],
  ...['feBlend', 'feColorMatrix', 'feComponentTransfer', 'feComposite', 'feDropShadow', 'feFlood'],
  ...['feFuncA', 'feFuncB', 'feFuncG', 'feFuncR', 'feGaussianBlur', 'feMerge', 'feMergeNode'],
  ...['feMorphology', 'feOffset', 'feTile', 'feTurbulence'],
]);

const geometry = [
  ...['x', 'y', 'x1', 'y1', 'x2', 'y2', 'cx', 'cy', 'r', 'rx', 'ry', 'fx', 'fy', 'dx', 'dy', 'd'],
  ...['width', 'height', 'points', 'transform', 'viewBox', 'preserveAspectRatio', 'pathLength'],
  ...['textLength', 'lengthAdjust', 'rotate', 'startOffset', 'method', 'spacing', 'side'],
  ...['markerWidth', 'markerHeight', 'refX', 'refY', 'orient', 'markerUnits', 'patternUnits'],
  ...['patternContentUnits', 'patternTransform', 'gradientUnits', 'gradientTransform'],
  ...['spreadMethod', 'offset', 'maskUnits', 'maskContentUnits', 'clipPathUnits'],
];

const presentation = [
  ...[
    'class',
    'id',
    'style',
    'fill',
    'fill-opacity',
    'fill-rule',
    'clip-rule',
    'clip-path',
    'mask',
  ],
  ...['stroke', 'stroke-dasharray', 'stroke-dashoffset', 'stroke-linecap', 'stroke-linejoin'],
  ...['stroke-miterlimit', 'stroke-opacity', 'stroke-width', 'vector-effect', 'paint-order'],
  ...['opacity', 'color', 'display', 'visibility', 'overflow', 'filter', 'mix-blend-mode'],
  ...['marker-start', 'marker-mid', 'marker-end', 'stop-color', 'stop-opacity', 'shape-rendering'],
  ...['font-family', 'font-size', 'font-style', 'font-variant', 'font-weight', 'font-stretch'],
  ...['letter-spacing', 'word-spacing', 'text-anchor', 'text-decoration', 'text-rendering'],
  ...[
    'dominant-baseline',
    'alignment-baseline',
    'baseline-shift',
    'writing-mode',
    'image-rendering',
  ],
  ...['role', 'aria-label', 'aria-hidden', 'media', 'type', 'xml:space'],
];

const filters = [
  ...['in', 'in2', 'result', 'mode', 'values', 'operator', 'k1', 'k2', 'k3', 'k4', 'stdDeviation'],
  ...['flood-color', 'flood-opacity', 'radius', 'baseFrequency', 'numOctaves', 'seed'],
  ...['stitchTiles', 'tableValues', 'slope', 'intercept', 'amplitude', 'exponent', 'filterUnits'],
  ...['primitiveUnits', 'edgeMode', 'color-interpolation-filters'],
];

export const attributes = new Set([...geometry, ...presentation, ...filters]);

/** Attributes that name something: a part of the drawing itself, or a picture that it carries. */
export const references = new Set(['href', 'xlink:href']);
