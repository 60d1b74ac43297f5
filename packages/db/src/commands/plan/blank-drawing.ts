import type { PlanDrawing } from './plan-draft.ts';

/** Where nobody has uploaded a drawing, areas are drawn on an empty sheet. */
export const blankDrawing: PlanDrawing = {
  svg: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 1000"/>',
  width: 1600,
  height: 1000,
  earth: null,
};
