import type { CellFault } from '../../domain/imports/sheet.ts';
import { text } from '../../domain/fault.ts';
import { csvLine } from '../../domain/text/csv-cell.ts';
import { transaction } from '../../store/database.ts';
import {
  countWaitingRows,
  type FaultGroup,
  type FaultPlace,
  groupFaults,
  listFaults,
  type StoredFault,
} from '../../store/import-findings.ts';
import { findImport, listImports as list, type StoredImport } from '../../store/imports.ts';
import { actingAs, authorise, type ServiceContext } from '../context.ts';
import { notFound } from '../refusal.ts';

export type { FaultGroup, FaultPlace, StoredFault, StoredImport };

export async function listImports(context: ServiceContext): Promise<readonly StoredImport[]> {
  authorise(context, 'import.read');
  return transaction(context.database, actingAs(context), (tx) => list(tx));
}

export interface ReadImport {
  readonly given: StoredImport;
  readonly groups: readonly FaultGroup[];
  /** Rows that would go in now: as they are, and with every warning of the file answered. */
  readonly waiting: { readonly asIs: number; readonly waived: number };
}

/** An import with what was found, kind by kind. */
export async function readImport(context: ServiceContext, id: string): Promise<ReadImport> {
  authorise(context, 'import.read');
  return transaction(context.database, actingAs(context), async (tx) => {
    const given = await findImport(tx, id);
    if (!given || given.state === 'receiving') throw notFound(text('导入任务', 'import'), '#path/id', id);
    const groups = await groupFaults(tx, id);
    const codes = groups.flatMap(({ code, severity }) => (severity === 'warn' ? [code] : []));
    const asIs = await countWaitingRows(tx, id, []);
    return {
      given,
      groups,
      waiting: { asIs, waived: codes.length > 0 ? await countWaitingRows(tx, id, codes) : asIs },
    };
  });
}

/** The faults of an import in order of the file, a page at a time. */
export async function readFaults(
  context: ServiceContext,
  id: string,
  after: FaultPlace | null,
  limit: number,
): Promise<{ readonly faults: readonly StoredFault[]; readonly next: FaultPlace | null }> {
  authorise(context, 'import.read');
  return transaction(context.database, actingAs(context), async (tx) => {
    const given = await findImport(tx, id);
    if (!given || given.state === 'receiving') throw notFound(text('导入任务', 'import'), '#path/id', id);
    const faults = await listFaults(tx, id, after, limit);
    const last = faults.at(-1);
    return { faults, next: last && faults.length === limit ? { run: last.run, row: last.row, n: last.n } : null };
  });
}

const REPORT = 1000;
const HEAD = [
  '位置 at',
  '列 column',
  '级别 severity',
  '代码 code',
  '读到 found',
  '期望 expected',
  'expected',
  '怎么改 remedy',
  'remedy',
];

/** Every fault as CSV that a spreadsheet opens and cannot run; asked for a thousand lines at a time. */
export async function writeReport(context: ServiceContext, id: string): Promise<AsyncGenerator<string>> {
  const first = await readFaults(context, id, null, REPORT);
  return lines();
  async function* lines(): AsyncGenerator<string> {
    yield `\ufeff${csvLine(HEAD)}`;
    for (let page = first; ; page = await readFaults(context, id, page.next, REPORT)) {
      yield page.faults.map(reportLine).join('');
      if (!page.next) return;
    }
  }
}

function reportLine({
  at,
  header,
  severity,
  code,
  found,
  expected,
  remedy,
}: StoredFault | (CellFault & { header: string | null })): string {
  return csvLine([at, header ?? '', severity, code, found ?? '', expected.zh, expected.en, remedy.zh, remedy.en]);
}
