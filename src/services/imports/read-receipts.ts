import { formatProof } from '../../domain/declarations/proof.ts';
import { text } from '../../domain/fault.ts';
import { csvLine } from '../../domain/text/csv-cell.ts';
import { transaction } from '../../store/database.ts';
import { findImport } from '../../store/imports.ts';
import { type ImportedReceipt, listReceipts } from '../../store/import-findings.ts';
import { actingAs, authorise, type ServiceContext } from '../context.ts';
import { notFound } from '../refusal.ts';

const PAGE = 1000;
const HEAD = ['行 row', '标准编号 number', '公开编号 id', '版本 revision', '内容 SHA-256 document', '凭证编号 proof'];

/** The receipts of all rows that an import declared, as CSV in order of the file; asked for a thousand at a time. */
export async function writeReceipts(context: ServiceContext, id: string): Promise<AsyncGenerator<string>> {
  authorise(context, 'import.read');
  const first = await page(0);
  return lines();

  async function* lines(): AsyncGenerator<string> {
    yield `\ufeff${csvLine(HEAD)}`;
    for (let receipts = first; receipts.length > 0; receipts = await page(receipts.at(-1)?.row ?? 0)) {
      yield receipts.map(line).join('');
      if (receipts.length < PAGE) return;
    }
  }

  function page(after: number): Promise<readonly ImportedReceipt[]> {
    return transaction(context.database, actingAs(context), async (tx) => {
      if (!(await findImport(tx, id))) throw notFound(text('导入任务', 'import'), '#path/id', id);
      return listReceipts(tx, id, after, PAGE);
    });
  }
}

function line({ row, number, declaration, sha256 }: ImportedReceipt): string {
  const proof = formatProof({ id: declaration, revision: 1, sha256 });
  return csvLine([String(row), number, declaration, '1', sha256, proof]);
}
