import { type Fault, text } from '../fault.ts';
import { err, ok, type Result } from '../result.ts';
import { INSPECTOR_NAME, STRATA_LIST, UNIT_ID } from './names.ts';
import { type Column, formatTable, parseTable, repeated } from './table.ts';
import { lineFault } from './text-file.ts';
import { EXCLUDE_REASONS, type ExcludeReason } from './vocabulary.ts';

/** A person who may inspect, by pseudonym, and the strata covered; `*` is every stratum. */
export interface Inspector {
  readonly inspector: string;
  readonly strata: '*' | readonly string[];
}

/** One inspector who must not or may not inspect one object: a line of avoid.tsv or recuse.tsv. */
export interface Pair {
  readonly id: string;
  readonly inspector: string;
}

/** One object found ineligible after the draw, with the hash of what proves it. */
export interface Exclusion {
  readonly id: string;
  readonly reason: ExcludeReason;
  readonly evidenceSha256: string;
}

const ID: Column = {
  name: 'id',
  pattern: UNIT_ID,
  expected: text('1–128 个可打印 ASCII 字符，无空格', '1–128 printable ASCII characters, no space'),
};
const INSPECTOR: Column = {
  name: 'inspector',
  pattern: INSPECTOR_NAME,
  expected: text('1–64 个可打印 ASCII 字符，无空格', '1–64 printable ASCII characters, no space'),
};
const STRATA: Column = {
  name: 'strata',
  pattern: STRATA_LIST,
  expected: text('* 或用逗号分隔的层名，无空格', '* or stratum names joined by commas, no spaces'),
};
const REASON: Column = {
  name: 'reason',
  pattern: new RegExp(`^(?:${EXCLUDE_REASONS.join('|')})$`),
  expected: text(`以下之一：${EXCLUDE_REASONS.join('、')}`, `one of ${EXCLUDE_REASONS.join(', ')}`),
};
// The hash of nothing proves nothing (rd1 §1.9: of a non-empty file).
const EVIDENCE: Column = {
  name: 'evidenceSha256',
  pattern: /^(?!e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855$)[0-9a-f]{64}$/,
  expected: text('非空证据文件的 SHA-256，64 位小写十六进制', 'SHA-256 of a non-empty file, 64 lower-case hex digits'),
};

/** Reads roster.tsv. Errors: form, order, an inspector or a stratum named twice (rd1 §1.9). */
export function parseRoster(bytes: Uint8Array): Result<readonly Inspector[], readonly Fault[]> {
  const { rows, faults } = parseTable('roster.tsv', bytes, [INSPECTOR, STRATA]);
  const seen = new Set<string>();
  const doubled = rows.flatMap(([inspector = '', strata = ''], i) => {
    const found: Fault[] = [];
    if (seen.has(inspector)) found.push(repeated('roster.tsv', i + 1, inspector, text('检查人员', 'inspector')));
    seen.add(inspector);
    const names = strata.split(',');
    if (new Set(names).size < names.length) found.push(repeatedStratum(i + 1, strata));
    return found;
  });
  if (faults.length + doubled.length > 0) return err([...faults, ...doubled]);
  return ok(
    rows.map(([inspector = '', strata = '']) => ({ inspector, strata: strata === '*' ? '*' : strata.split(',') })),
  );
}

export function formatRoster(roster: Iterable<Inspector>): string {
  const cell = (strata: Inspector['strata']): string => (strata === '*' ? '*' : strata.join(','));
  return formatTable([...roster].map(({ inspector, strata }) => [inspector, cell(strata)]));
}

/** Reads avoid.tsv (known before the draw) or recuse.tsv (known after). Errors: form and order. */
export function parsePairs(
  file: 'avoid.tsv' | 'recuse.tsv',
  bytes: Uint8Array,
): Result<readonly Pair[], readonly Fault[]> {
  const { rows, faults } = parseTable(file, bytes, [ID, INSPECTOR]);
  if (faults.length > 0) return err(faults);
  return ok(rows.map(([id = '', inspector = '']) => ({ id, inspector })));
}

export function formatPairs(pairs: Iterable<Pair>): string {
  return formatTable([...pairs].map(({ id, inspector }) => [id, inspector]));
}

/** Reads exclude.tsv. Errors: form, order, an unknown reason, evidence that is no hash of a file. */
export function parseExclusions(bytes: Uint8Array): Result<readonly Exclusion[], readonly Fault[]> {
  const { rows, faults } = parseTable('exclude.tsv', bytes, [ID, REASON, EVIDENCE]);
  if (faults.length > 0) return err(faults);
  return ok(
    rows.map(([id = '', reason, evidenceSha256 = '']) => ({ id, reason: reason as ExcludeReason, evidenceSha256 })),
  );
}

export function formatExclusions(exclusions: Iterable<Exclusion>): string {
  return formatTable([...exclusions].map(({ id, reason, evidenceSha256 }) => [id, reason, evidenceSha256]));
}

function repeatedStratum(line: number, strata: string): Fault {
  return lineFault(
    'roster.tsv',
    line,
    'draw.repeated-stratum',
    strata,
    text('每层只写一次', 'each stratum once'),
    text('删去重复的层名', 'remove the repeated stratum'),
  );
}
