import { sha256Hex } from '../bytes.ts';
import { DeclarationContent } from '../declarations/content.ts';
import { checkDeclaration } from '../declarations/check.ts';
import { rulesWithoutRegister } from '../declarations/rules.ts';
import { DeclarationDocument, writeDocument } from '../declarations/document.ts';
import { parseCreditCode } from '../enterprises/credit-code.ts';
import { type Fault, fault, text } from '../fault.ts';
import { parseRequirement } from '../indicators/requirement.ts';
import { err, ok, type Result } from '../result.ts';
import { parseShape } from '../shape.ts';

/** One declaration to compare, with the bytes that its list will name. */
export interface ComparisonInput {
  readonly document: DeclarationDocument;
  readonly line: string;
  readonly sha256: string;
}

/** Reads one line of a run's published inputs. The line itself is kept: its bytes are what was hashed. */
export function readInputLine(line: string, at: string): Result<ComparisonInput, readonly Fault[]> {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch (error) {
    return err([
      fault(
        at,
        'input.json',
        line,
        text('一个 JSON 对象', 'one JSON object'),
        text((error as Error).message, (error as Error).message),
      ),
    ]);
  }
  const read = parseShape(DeclarationDocument, json, at);
  if (!read.ok) return read;
  // Not the parsed copy: a default filled in would change the bytes.
  return ok({ document: json as DeclarationDocument, line, sha256: sha256Hex(line) });
}

/** A table of values is of no day; nothing that is asked of it depends on one. */
const NO_DAY = '2018-01-01';

const FIXED = {
  code: 'credit_code',
  enterprise: 'enterprise',
  number: 'number',
  product: 'product',
  model: 'model',
} as const;
export const CSV_COLUMNS: readonly string[] = Object.values(FIXED);

/** `indicator:噪声 [dB(A)]` → its kind, its name, its unit. */
const EXTRA = /^(?<kind>indicator|parameter):(?<name>[^[\]]{1,100}?)\s*(?:\[(?<unit>[^\]]{1,40})\])?$/u;

interface ExtraColumn {
  readonly column: string;
  readonly kind: string;
  readonly name: string;
  readonly unit: string;
}

/** Reads a table's header. Errors: a missing column, or one that is neither known nor `indicator:` nor `parameter:`. */
export function readHeader(header: readonly string[], file: string): Result<readonly ExtraColumn[], readonly Fault[]> {
  const faults = CSV_COLUMNS.filter((column) => !header.includes(column)).map((column) =>
    fault(
      `${file}:1`,
      'input.column-missing',
      null,
      text(`列 ${column}`, `a column ${column}`),
      text('请在首行加上该列', 'add it to the first line'),
    ),
  );
  const extras: ExtraColumn[] = [];
  for (const column of header) {
    if (CSV_COLUMNS.includes(column)) continue;
    const found = EXTRA.exec(column)?.groups;
    if (found?.kind && found.name) extras.push({ column, kind: found.kind, name: found.name, unit: found.unit ?? '' });
    else faults.push(unknownColumn(file, column));
  }
  return faults.length > 0 ? err(faults) : ok(extras);
}

/** Reads one row of a table as a declaration in `category`; an empty cell is not declared, and never zero. */
export function readInputRow(
  row: Readonly<Record<string, string>>,
  extras: readonly ExtraColumn[],
  category: string,
  at: string,
): Result<ComparisonInput, readonly Fault[]> {
  const cell = (column: string) => (row[column] ?? '').trim();
  const faults: Fault[] = [];
  const code = parseCreditCode(cell(FIXED.code), { at: `${at} ${FIXED.code}` });
  if (!code.ok) faults.push(code.problem);
  const indicators = [];
  for (const { column, kind, name, unit } of extras) {
    if (kind !== 'indicator' || cell(column) === '') continue;
    const requirement = parseRequirement(cell(column), `${at} ${column}`);
    if (!requirement.ok) faults.push(requirement.problem);
    else
      indicators.push({
        name,
        kind: 'performance',
        ...requirement.value,
        unit: requirement.value.unit || unit,
        raw: cell(column),
      });
  }
  const parameters = extras
    .filter(({ column, kind }) => kind === 'parameter' && cell(column) !== '')
    .map(({ column, name, unit }) => ({ name, value: cell(column), unit: unit || null }));
  const content = parseShape(
    DeclarationContent,
    {
      subject: 'product',
      category,
      standard: { number: cell(FIXED.number), name: cell(FIXED.product), effectiveOn: '1970-01-01' },
      products: [{ name: cell(FIXED.product), models: [cell(FIXED.model) || '-'] }],
      parameters,
      indicators,
    },
    at,
  );
  if (!content.ok) return err([...faults, ...content.problem]);
  const checked = checkDeclaration(content.value, rulesWithoutRegister(NO_DAY));
  // What the law asks beside values (methods, both kinds of indicators, a signer) is no matter of a table of values.
  const wrong = checked.findings.filter(
    ({ code, severity }) => severity === 'refuse' && !/^(indicators|test-method|commitment)\./u.test(code),
  );
  faults.push(...wrong.map((finding) => ({ ...finding, at: `${at} ${finding.at}` })));
  if (!code.ok || faults.length > 0) return err(faults);
  return documentOf(content.value, code.value.code, cell(FIXED.enterprise), at);
}

function documentOf(
  content: DeclarationContent,
  code: string,
  name: string,
  at: string,
): Result<ComparisonInput, readonly Fault[]> {
  const number = content.standard.number;
  const document = parseShape(
    DeclarationDocument,
    {
      v: 1,
      id: at.replace(/^.*:/u, 'line-'),
      revision: 1,
      event: 'published',
      enterprise: { code, name },
      number: { canonical: number, compact: number.replaceAll(' ', '') },
      content,
    },
    at,
  );
  if (!document.ok) return document;
  const { text: line, sha256 } = writeDocument(document.value);
  return ok({ document: document.value, line, sha256 });
}

function unknownColumn(file: string, column: string): Fault {
  return fault(
    `${file}:1`,
    'input.column-unknown',
    column,
    text('indicator:名称 [单位] 或 parameter:名称 [单位]', 'indicator:NAME [UNIT] or parameter:NAME [UNIT]'),
    text('请改列名或删去该列', 'rename or remove the column'),
  );
}
