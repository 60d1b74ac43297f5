/** npm run docs:performance: writes what the benchmarks measured into docs/performance.md, with plots. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { revokeSection, type RevokeResult } from './revoke-section.ts';
import {
  type FeedResult,
  feedSection,
  type GateResult,
  gateSection,
  type GrowthResult,
  growthSection,
  type SaleResult,
  saleSection,
  type Section,
} from './sections.ts';
import { type ListsResult, listsSection } from './lists-section.ts';
import { type SeatsResult, seatsSection, type TaskResult, taskSection } from './tasks-section.ts';

const folder = path.resolve(import.meta.dirname, '../../../docs');

/** Results by the name of their file and of their place in the document. */
const sections: Record<string, (result: unknown) => Promise<Section>> = {
  gate: (result) => gateSection(result as GateResult),
  growth: (result) => growthSection(result as GrowthResult),
  sale: (result) => saleSection(result as SaleResult),
  feed: (result) => feedSection(result as FeedResult),
  passes: (result) => Promise.resolve(listsSection(result as ListsResult)),
  revoke: (result) => Promise.resolve(revokeSection(result as RevokeResult)),
  sync: (result) => Promise.resolve(taskSection(result as TaskResult)),
  badges: (result) => Promise.resolve(taskSection(result as TaskResult)),
  seats: (result) => Promise.resolve(seatsSection(result as SeatsResult)),
};

const file = path.join(folder, 'performance.md');
let text = readFileSync(file, 'utf8');
for (const [name, write] of Object.entries(sections)) {
  const source = path.join(folder, 'benchmarks', `${name}.json`);
  if (!existsSync(source)) continue;
  const section = await write(JSON.parse(readFileSync(source, 'utf8')));
  text = replaced(text, name, section.text);
  for (const [plot, svg] of Object.entries(section.plots)) {
    writeFileSync(path.join(folder, 'benchmarks', `${plot}.svg`), svg);
  }
}
writeFileSync(file, text);

/** `<!-- name -->` and `<!-- /name -->` stand around what is made anew. */
function replaced(document: string, name: string, content: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${file} has no place for ${name}`);
  return `${document.slice(0, from + begin.length)}\n\n${content}\n\n${document.slice(to)}`;
}
