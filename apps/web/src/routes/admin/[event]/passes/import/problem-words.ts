import type { RouterOutputs } from '@catraca/api';
import { m } from '#lib/paraglide/messages.js';

type Preview = RouterOutputs['pass']['previewImport'];
type FileProblem = Extract<Preview, { ok: false }>['problem'];
type RowProblem = Extract<Preview, { ok: true }>['problems'][number];

/** Why a file cannot be read at all, and what to do. */
export function fileProblem(problem: FileProblem): string {
  switch (problem.code) {
    case 'not_utf8':
      return m.sales_import_not_utf8();
    case 'not_csv':
      return m.sales_import_not_csv({ line: problem.line });
    case 'empty':
      return m.sales_import_empty();
    case 'too_many_rows':
      return m.sales_import_too_many({ max: problem.max });
    case 'wrong_header':
      return [
        problem.missing.length > 0 &&
          m.sales_import_header_missing({ names: problem.missing.join(', ') }),
        problem.unknown.length > 0 &&
          m.sales_import_header_unknown({ names: problem.unknown.join(', ') }),
      ]
        .filter(Boolean)
        .join(' ');
  }
}

const rowWords: Record<RowProblem['code'], (inputs: { value: string }) => string> = {
  missing: () => m.sales_import_missing(),
  too_long: () => m.sales_import_too_long(),
  malformed: m.sales_import_malformed,
  formula: m.sales_import_formula,
  unknown_type: m.sales_import_unknown_type,
  too_many: m.sales_import_quantity,
  duplicate: () => m.sales_import_duplicate(),
};

/** What is wrong with a line. */
export function rowProblem({ code, value }: RowProblem): string {
  return rowWords[code]({ value });
}

/** Why a line that was read could not be carried out. */
export function jobProblem({ id, code }: { id: string; code: string }): string {
  const why = code === 'sold_out' ? m.sales_import_sold_out() : m.sales_import_type_gone();
  return `${m.sales_line({ line: id })}: ${why}`;
}
