import { buffer } from 'node:stream/consumers';
import { text } from '../../domain/fault.ts';
import { markXlsx } from '../../formats/mark-xlsx.ts';
import { FileRefusal } from '../../formats/refusal.ts';
import { transaction } from '../../store/database.ts';
import { listFaults, type StoredFault } from '../../store/import-findings.ts';
import { findImport, readFile } from '../../store/imports.ts';
import { actingAs, authorise, type ServiceContext } from '../context.ts';
import { conflict, invalid, notFound } from '../refusal.ts';

/** As many as a spreadsheet program opens without delay; the CSV report has them all. */
const MOST_MARKS = 20_000;

/** The workbook that was sent, with every cell that something is wrong with in red, and a note that says what and how to mend it. */
export async function markWorkbook(
  context: ServiceContext,
  id: string,
): Promise<{ readonly fileName: string; readonly content: Buffer }> {
  authorise(context, 'import.read');
  const { given, faults } = await transaction(context.database, actingAs(context), async (tx) => ({
    given: await findImport(tx, id),
    faults: await listFaults(tx, id, null, MOST_MARKS),
  }));
  if (!given || given.state === 'receiving') throw notFound(text('导入任务', 'import'), '#path/id', id);
  const file = await buffer(readFile(context.database, actingAs(context), id));
  if (given.format !== 'xlsx' || file.length === 0) {
    throw conflict(
      text('没有可标注的工作簿', 'there is no workbook to mark'),
      '#path/id',
      given.format,
      text('以 .xlsx 上传、尚未删除的文件', 'a file sent as .xlsx and not deleted yet'),
      text('请下载 CSV 错误报告', 'download the report as CSV'),
    );
  }
  const whole = (given.refusal ?? []).filter(({ at }) => /^[A-Z]{1,3}\d+$/u.test(at));
  try {
    const content = await markXlsx(file, [...whole, ...faults].map(markOf));
    return { fileName: given.fileName, content };
  } catch (error) {
    throw error instanceof FileRefusal ? invalid(error.faults) : error;
  }
}

function markOf({ at, found, expected, remedy }: Pick<StoredFault, 'at' | 'found' | 'expected' | 'remedy'>) {
  const said = found === null ? '' : `读到 ${found}\n`;
  return {
    at,
    text: `${said}期望 ${expected.zh}\n${remedy.zh}\n(expected ${expected.en}; ${remedy.en})`,
  };
}
