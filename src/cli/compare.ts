import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { parse } from 'csv-parse';
import { sha256Hex } from '../domain/bytes.ts';
import { canonicalJson } from '../domain/canonical.ts';
import { type ComparisonInput, readHeader, readInputLine, readInputRow } from '../domain/comparisons/inputs.ts';
import { comparer } from '../domain/comparisons/compare.ts';
import { inputsText } from '../domain/rankings/inputs-text.ts';
import type { Fault } from '../domain/fault.ts';
import { NO_PREMISES } from '../domain/comparisons/premises.ts';
import { readEntry } from '../domain/rankings/entry.ts';
import { compared, type ListRow, rank } from '../domain/rankings/list.ts';
import { premisesSource } from '../domain/rankings/premises-source.ts';
import { checkScheme } from '../domain/schemes/check-scheme.ts';
import { Scheme } from '../domain/schemes/scheme.ts';
import { parseShape } from '../domain/shape.ts';
import { describeFault, type Io, orUsage, parseOrRefuse, UsageError } from './command.ts';

export const help = `用法：lingpao compare --scheme FILE --declarations FILE
按评估方案比对声明，和后台任务用同一规则，离线进行；结果（JSON）写到标准输出，含每个未上榜行的原因。
复算一期已发布的榜单用 verify-list。
声明文件：比对任务公开的输入（JSON 行），或 CSV：credit_code,enterprise,number,product,model，
以及 indicator:名称 [单位]、parameter:名称 [单位] 各列；单元格如 ≥ 520、58、50～60，空格即未声明。
退出码：0 完成；1 有读不懂的行（列在标准错误，不在榜单中）；2 用法有误或文件无法读取。

Usage: lingpao compare --scheme FILE --declarations FILE
Compares declarations by a scheme, offline, by the same rules as the worker; writes the result as JSON to standard output,
with the reason for every row that is left out. verify-list recomputes a published edition. Declarations: the published inputs of a run (JSON lines), or CSV with
credit_code,enterprise,number,product,model and columns indicator:NAME [UNIT] and parameter:NAME [UNIT]; cells such as
≥ 520, 58, 50～60; an empty cell is not declared.
Exit code: 0 done; 1 some rows cannot be read (told on standard error, not in the list); 2 wrong usage or unreadable file.
`;

export function run(args: string[], io: Io): Promise<number> {
  return orUsage(io, async () => {
    const options = readOptions(args);
    if (options === null) {
      io.stdout(help);
      return 0;
    }
    const { scheme, sha256: schemeSha256 } = await readScheme(options.scheme);
    const { inputs, faults } = await readInputs(options.declarations, scheme.category);
    inputs.sort((a, b) => (place(a) < place(b) ? -1 : 1));
    const { compare } = comparer(scheme);
    const list = rank(
      scheme,
      inputs.map(({ document, sha256 }) => compared(document, sha256, compare(document))),
      {
        body: null,
        logSize: null,
        edition: null,
        previous: null,
        correction: null,
        inputs: { count: inputs.length, sha256: sha256Hex(inputsText(inputs.map(({ sha256 }) => sha256))) },
        premises: premisesSource(NO_PREMISES, sha256Hex(canonicalJson(NO_PREMISES))),
        schemeSha256,
      },
    );
    const documents = new Map(inputs.map(({ document }) => [document.id, document]));
    const entry = (row: ListRow) => {
      const document = documents.get(row.declaration);
      return document ? [readEntry(list.head, row, document, compare)] : [];
    };
    const rows = { head: list.head, entries: list.entries.flatMap(entry), excluded: list.excluded.flatMap(entry) };
    io.stdout(`${JSON.stringify(rows, null, 1)}\n`);
    for (const fault of faults) io.stderr(`${describeFault(fault)}\n`);
    if (faults.length > 0)
      io.stderr(`${faults.length} 处读不懂，相应的行未参与比对 / fault(s); these rows were not compared\n`);
    return faults.length > 0 ? 1 : 0;
  });
}

/** The neutral order in which the inputs of a run are hashed: credit code, compact number, id, all ASCII. */
function place({ document }: ComparisonInput): string {
  return [document.enterprise.code, document.number.compact, document.id].join('\u0001');
}

interface Options {
  readonly scheme: string;
  readonly declarations: string;
}

function readOptions(args: string[]): Options | null {
  const file = { type: 'string' } as const;
  const { values } = parseOrRefuse({
    args,
    options: { scheme: file, declarations: file, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) return null;
  if (!values.scheme) throw new UsageError('缺少 --scheme FILE / --scheme FILE is missing');
  if (!values.declarations) throw new UsageError('缺少 --declarations FILE / --declarations FILE is missing');
  return { scheme: values.scheme, declarations: values.declarations };
}

async function readScheme(file: string): Promise<{ readonly scheme: Scheme; readonly sha256: string }> {
  const bytes = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`无法读取文件 / cannot read the file: ${file} (${error.code})`);
  });
  let json: unknown;
  try {
    json = JSON.parse(bytes);
  } catch (error) {
    throw new UsageError(`方案不是合法的 JSON / the scheme is not JSON: ${file}: ${(error as Error).message}`);
  }
  const scheme = parseShape(Scheme, json);
  const problems = scheme.ok ? checkScheme(scheme.value) : scheme.problem;
  const [first] = problems;
  if (!scheme.ok || first) {
    throw new UsageError(
      `方案有误 / the scheme is wrong: ${file}#${first?.at}: ${first?.found ?? ''}；应为 expected ${first?.expected.zh} / ${first?.expected.en}`,
    );
  }
  return { scheme: scheme.value, sha256: sha256Hex(bytes) };
}

interface Inputs {
  readonly inputs: ComparisonInput[];
  readonly faults: Fault[];
}

async function readInputs(file: string, category: string): Promise<Inputs> {
  try {
    return file.endsWith('.csv') ? await readCsv(file, category) : await readLines(file);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(
      `无法读取文件 / cannot read the file: ${file} (${code ?? message}${code?.startsWith('CSV_') ? `: ${message}` : ''})`,
    );
  }
}

async function readLines(file: string): Promise<Inputs> {
  const read: Inputs = { inputs: [], faults: [] };
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    number++;
    if (line.trim() === '') continue;
    const input = readInputLine(line, `${file}:${number}`);
    if (input.ok) read.inputs.push(input.value);
    else read.faults.push(...input.problem);
  }
  return read;
}

async function readCsv(file: string, category: string): Promise<Inputs> {
  const read: Inputs = { inputs: [], faults: [] };
  const rows = createReadStream(file).pipe(parse({ bom: true, skip_empty_lines: true, info: true, columns: true }));
  let extras: Parameters<typeof readInputRow>[1] | null = null;
  for await (const { record, info } of rows as AsyncIterable<{
    record: Record<string, string>;
    info: { lines: number };
  }>) {
    if (extras === null) {
      const header = readHeader(Object.keys(record), file);
      const [first] = header.ok ? [] : header.problem;
      if (!header.ok)
        throw new UsageError(
          `${first?.at}: ${first?.found ?? '无 nothing'}；应为 expected ${first?.expected.zh} / ${first?.expected.en}`,
        );
      extras = header.value;
    }
    const input = readInputRow(record, extras, category, `${file}:${info.lines}`);
    if (input.ok) read.inputs.push(input.value);
    else read.faults.push(...input.problem);
  }
  return read;
}
