import type { Map as LeafletMap, LayerGroup, Polygon } from 'leaflet';
import { toMap, toPlan } from '#lib/plan/open-sheet.ts';
import type { Area, Checkpoint, PlanDraft } from './plan-draft.svelte.ts';

type Leaflet = typeof import('leaflet');

/** Shows areas and checkpoints, and lets the selected one be dragged. All of it is drawn again when something changed. */
export function drawLayers(
  L: Leaflet,
  group: LayerGroup,
  draft: PlanDraft,
  mayChange: boolean,
): void {
  group.clearLayers();
  for (const area of draft.state.areas) drawArea(L, group, { draft, area, mayChange });
  for (const checkpoint of draft.state.checkpoints)
    drawCheckpoint(L, group, { draft, checkpoint, mayChange });
}

function drawArea(
  L: Leaflet,
  group: LayerGroup,
  { draft, area, mayChange }: { draft: PlanDraft; area: Area; mayChange: boolean },
): void {
  if (area.polygon.length < 2) return;
  const isSelected = draft.selected?.kind === 'area' && draft.selected.no === area.no;
  const shape = L.polygon(
    area.polygon.map(([x, y]) => toMap(x, y)),
    { className: isSelected ? 'area selected' : 'area', weight: 2 },
  ).addTo(group);
  shape.on('click', () => (draft.selected = { kind: 'area', no: area.no }));
  const label = document.createElement('b');
  label.textContent = area.name;
  L.marker(shape.getBounds().getCenter(), {
    icon: L.divIcon({ className: 'area-label', html: label }),
    interactive: false,
    keyboard: false,
    pmIgnore: true,
  }).addTo(group);
  if (!isSelected || !mayChange) return;
  const keep = () => draft.changeArea(area.no, { polygon: cornersOf(shape) });
  shape.pm.enable({ snappable: true, snapDistance: 14, allowSelfIntersection: false });
  shape.pm.enableLayerDrag();
  shape.on('pm:markerdragend', keep);
  shape.on('pm:vertexadded', keep);
  shape.on('pm:vertexremoved', keep);
  shape.on('pm:dragend', keep);
}

function drawCheckpoint(
  L: Leaflet,
  group: LayerGroup,
  {
    draft,
    checkpoint,
    mayChange,
  }: { draft: PlanDraft; checkpoint: Checkpoint; mayChange: boolean },
): void {
  const { no, name, x, y, open } = checkpoint;
  const isSelected = draft.selected?.kind === 'checkpoint' && draft.selected.no === no;
  const states = [isSelected && 'selected', !open && 'closed'].filter(Boolean);
  const pin = L.marker(toMap(x, y), {
    icon: L.divIcon({
      className: ['checkpoint', ...states].join(' '),
      html: arrowOf(draft, checkpoint),
    }),
    title: name,
    alt: name,
    draggable: mayChange,
    pmIgnore: true,
  }).addTo(group);
  pin.on('click', () => (draft.selected = { kind: 'checkpoint', no }));
  pin.on('dragend', () => {
    const [left, top] = toPlan(pin.getLatLng());
    draft.selected = { kind: 'checkpoint', no };
    draft.changeCheckpoint(no, { x: left, y: top });
  });
}

export function cornersOf(shape: Polygon): Area['polygon'] {
  const [ring] = shape.getLatLngs();
  return (Array.isArray(ring) ? ring : []).flatMap((corner) =>
    Array.isArray(corner) ? [] : [toPlan(corner)],
  );
}

/** An arrow the way people go: from the middle of one area to that of the other. */
function arrowOf(draft: PlanDraft, checkpoint: Checkpoint): HTMLElement {
  const { fromNo, toNo, x, y, directions } = checkpoint;
  const [to, from] = [middleOf(draft, toNo), middleOf(draft, fromNo)];
  const [startX, startY] = from ?? [x, y];
  const [endX, endY] = to ?? [2 * x - startX, 2 * y - startY];
  const turned = (Math.atan2(endY - startY, endX - startX) * 180) / Math.PI;
  const arrow = document.createElement('span');
  arrow.style.rotate = `${directions === 'exit' ? turned + 180 : turned}deg`;
  arrow.textContent = directions === 'both' ? '⟷' : '⟶';
  return arrow;
}

function middleOf(draft: PlanDraft, no: number): [number, number] | undefined {
  const polygon = draft.state.areas.find((area) => area.no === no)?.polygon ?? [];
  if (polygon.length === 0) return undefined;
  const sum = (which: 0 | 1) =>
    polygon.reduce((all, corner) => all + corner[which], 0) / polygon.length;
  return [sum(0), sum(1)];
}

export type Tool = 'select' | 'polygon' | 'rectangle' | 'checkpoint';

/** Begins to draw with a tool, and ends what was begun with another. */
export function takeTool(leaflet: LeafletMap, tool: Tool): void {
  leaflet.pm.disableDraw();
  leaflet.getContainer().classList.toggle('placing', tool === 'checkpoint');
  const options = {
    snappable: true,
    snapDistance: 14,
    allowSelfIntersection: false,
    tooltips: false,
  };
  if (tool === 'polygon') leaflet.pm.enableDraw('Polygon', options);
  if (tool === 'rectangle') leaflet.pm.enableDraw('Rectangle', options);
}
