import type { LatLngTuple, Map as LeafletMap, MapOptions } from 'leaflet';

type Leaflet = typeof import('leaflet');

/** The drawing under a plan, with the size of its units. */
export interface Sheet {
  svg: string;
  width: number;
  height: number;
}

/** The size of a plan that has no drawing yet. */
export const blankSheet: Sheet = {
  svg: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1600 1000"/>',
  ...{ width: 1600, height: 1000 },
};

/** A plan's y runs down, Leaflet's runs up. */
export function toMap(x: number, y: number): LatLngTuple {
  return [-y, x];
}

/** The place on the plan, in tenths of a unit. */
export function toPlan({ lat, lng }: { lat: number; lng: number }): [x: number, y: number] {
  return [Math.round(lng * 10) / 10, Math.round(-lat * 10) / 10];
}

/** A flat map as large as the sheet, with its drawing in it, that fits its place on the page. */
export function openSheet(L: Leaflet, node: HTMLElement, sheet: Sheet, options: MapOptions = {}) {
  const bounds = L.latLngBounds([toMap(0, sheet.height), toMap(sheet.width, 0)]);
  const leaflet: LeafletMap = L.map(node, {
    crs: L.CRS.Simple,
    minZoom: -4,
    maxZoom: 4,
    zoomSnap: 0.1,
    attributionControl: false,
    maxBounds: bounds.pad(0.4),
    ...options,
  });
  // At once: a map that is made, or that its page made larger, does not travel there.
  const fitSheet = () => leaflet.fitBounds(bounds, { animate: false });
  fitSheet();
  // As an image a drawing can run no script, whatever it was uploaded with.
  const address = URL.createObjectURL(new Blob([sheet.svg], { type: 'image/svg+xml' }));
  L.imageOverlay(address, bounds, { className: 'plan-drawing' }).addTo(leaflet);
  const fit = new ResizeObserver(() => {
    leaflet.invalidateSize({ animate: false });
    fitSheet();
  });
  fit.observe(node);
  return {
    leaflet,
    close: () => {
      fit.disconnect();
      leaflet.remove();
      URL.revokeObjectURL(address);
    },
  };
}
