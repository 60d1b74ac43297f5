import { drawGeoPlan, planOfGeoJson } from '@catraca/domain';
import { m } from '#lib/paraglide/messages.js';
import { apiError, trpc } from '#lib/trpc.ts';

/** Bytes of a file, as the API takes them. */
const fileBytesMax = 4 * 1024 * 1024;

export type PlanFile =
  | {
      ok: true;
      drawing: NewDrawing;
      outlines: { name: string; polygon: (readonly [number, number])[] }[];
    }
  | { ok: false; problem: string };

interface NewDrawing {
  svg: string;
  width: number;
  height: number;
  earth: { latitude: number; longitude: number; metresPerUnit: number } | null;
}

/** What a file would be as a plan: pictures and SVGs by the server, which cleans them, maps here. */
export async function readPlanFile(eventSlug: string, file: Blob): Promise<PlanFile> {
  if (file.size > fileBytesMax) return { ok: false, problem: m.plan_upload_too_large() };
  const bytes = new Uint8Array(await file.arrayBuffer());
  const start = new TextDecoder().decode(bytes.subarray(0, 20)).trimStart();
  if (start.startsWith('{')) return readMap(new TextDecoder().decode(bytes));
  try {
    const drawing = await trpc().venuePlan.readFile.mutate({ eventSlug, file: bytes });
    return { ok: true, drawing: { ...drawing, earth: null }, outlines: [] };
  } catch (error) {
    return { ok: false, problem: problemOf(error) };
  }
}

function readMap(text: string): PlanFile {
  const read = planOfGeoJson(parsed(text));
  if (!read.ok) return { ok: false, problem: m.plan_upload_not_map() };
  const { width, height, earth, outlines } = read.value;
  const named = outlines.filter(({ name }) => name !== null);
  // Where nothing has a name, everything may be an area.
  const areas = (named.length > 0 ? named : outlines).map(({ name, polygon }, index) => ({
    name: (name ?? m.plan_new_area({ no: String(index + 1) })).slice(0, 60),
    polygon,
  }));
  return {
    ok: true,
    drawing: { svg: drawGeoPlan(read.value), width, height, earth },
    outlines: areas,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function problemOf(error: unknown): string {
  const answer = apiError(error);
  switch (answer?.refusal) {
    case 'plan_file_unreadable':
      return m.plan_upload_unreadable();
    case 'plan_file_too_large':
      return m.plan_upload_too_large();
    case 'plan_file_no_size':
      return m.plan_upload_no_size();
    default:
      return answer?.httpStatus === 413 ? m.plan_upload_too_large() : m.plan_upload_failed();
  }
}
