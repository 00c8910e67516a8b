import { type Fault, fault, text } from '../fault.ts';
import { err, ok, type Result } from '../result.ts';
import { exact, parseDecimal } from './decimal.ts';
import { findUnit } from './units.ts';

/** How a declared value binds: at least, at most, more, less, exactly, from-to, plus-minus, or words (yes, no, a class). */
export const COMPARATORS = ['≥', '≤', '>', '<', '=', '~', '±', 'text'] as const;
export type Comparator = (typeof COMPARATORS)[number];

/** A declared requirement on one indicator: decimal text in its own digits, never a float. */
export interface Requirement {
  readonly comparator: Comparator;
  /** Decimal text; for `text` the words themselves. */
  readonly value: string;
  /** Upper end of `~`, half-width of `±`; null otherwise. */
  readonly second: string | null;
  readonly unit: string;
}

const COMPARATOR_WORDS: ReadonlyArray<readonly [RegExp, Comparator]> = [
  [/^(?:≥|>=|⩾|≧|不低于|不小于|至少)\s*/u, '≥'],
  [/^(?:≤|<=|⩽|≦|不高于|不大于|不超过|至多)\s*/u, '≤'],
  [/^(?:>|＞|大于)\s*/u, '>'],
  [/^(?:<|＜|小于)\s*/u, '<'],
  [/^(?:=|＝|等于)\s*/u, '='],
];
const NUMBER = String.raw`[+\-−]?\d+(?:\.\d+)?`;
const RANGE = new RegExp(String.raw`^(${NUMBER})\s*(?:~|～|至|–|—)\s*(${NUMBER})\s*(.*)$`, 'u');
const TOLERANCE = new RegExp(String.raw`^(${NUMBER})\s*±\s*(${NUMBER})\s*(.*)$`, 'u');
const SINGLE = new RegExp(String.raw`^(${NUMBER})\s*(.*)$`, 'u');

/** Prints a requirement as people write it: relation before value, a space before the unit except for %. */
export function formatRequirement(requirement: Requirement): string {
  const { comparator, value, second, unit } = requirement;
  const shownUnit = unit === '' || unit === '1' ? '' : unit === '%' || unit === '‰' ? unit : ` ${unit}`;
  if (comparator === 'text') return value;
  if (comparator === '~') return `${value}～${second ?? ''}${shownUnit}`;
  if (comparator === '±') return `${value}±${second ?? ''}${shownUnit}`;
  return `${comparator} ${value}${shownUnit}`;
}

/** Reads a requirement as printed in a standard: "≥ 520 m³/h", "0.3±0.02", "50～60 Hz", "不高于 58 dB(A)", "符合 GB 4706.1". */
export function parseRequirement(printed: string, at = ''): Result<Requirement, Fault> {
  const trimmed = printed.trim();
  if (trimmed === '') return err(missing(at));
  const [pattern, comparator] = COMPARATOR_WORDS.find(([words]) => words.test(trimmed)) ?? [null, '=' as const];
  const rest = pattern ? trimmed.replace(pattern, '') : trimmed;
  const tolerance = TOLERANCE.exec(rest);
  const range = pattern ? null : RANGE.exec(rest);
  const single = SINGLE.exec(rest);
  if (tolerance) return withUnit('±', tolerance[1], tolerance[2], tolerance[3], printed, at);
  if (range) return withUnit('~', range[1], range[2], range[3], printed, at);
  if (single) return withUnit(comparator, single[1], undefined, single[2], printed, at);
  if (pattern) return err(missing(at, printed));
  return ok({ comparator: 'text', value: trimmed, second: null, unit: '' });
}

function withUnit(
  comparator: Comparator,
  first: string | undefined,
  second: string | undefined,
  unit: string | undefined,
  printed: string,
  at: string,
): Result<Requirement, Fault> {
  // Words after a number that are no unit ("3 级以上") make the whole a text, which is kept and never guessed at.
  const known = unit === undefined || unit === '' ? '' : findUnit(unit)?.symbol;
  if (known === undefined) return ok({ comparator: 'text', value: printed.trim(), second: null, unit: '' });
  const checked = checkRequirement({ comparator, value: first ?? '', second: second ?? null, unit: known }, at);
  return checked.ok ? checked : err(checked.problem[0] ?? missing(at, printed));
}

/** Checks a requirement's values against its comparator and normalises their digits. */
export function checkRequirement(given: Requirement, at = ''): Result<Requirement, readonly Fault[]> {
  if (given.comparator === 'text') return ok({ ...given, second: null });
  const value = parseDecimal(given.value, `${at}/value`);
  if (!value.ok) return err([value.problem]);
  if (given.comparator !== '~' && given.comparator !== '±') {
    if (given.second !== null) return err([superfluous(at, given)]);
    return ok({ ...given, value: value.value });
  }
  const second = parseDecimal(given.second ?? '', `${at}/second`);
  if (!second.ok) return err([second.problem]);
  const fits = given.comparator === '~' ? exact(second.value).gt(exact(value.value)) : exact(second.value).gte(0);
  if (!fits) return err([wrongSecond(at, given)]);
  return ok({ ...given, value: value.value, second: second.value });
}

function missing(at: string, found: string | null = null): Fault {
  return fault(
    at,
    'requirement.missing',
    found,
    text('指标要求，如 ≥ 520 m³/h', 'a requirement such as ≥ 520 m³/h'),
    text('请填写关系和数值', 'give the relation and the value'),
  );
}

function superfluous(at: string, given: Requirement): Fault {
  return fault(
    `${at}/second`,
    'requirement.second',
    given.second,
    text(`关系为 ${given.comparator} 时只有一个值`, `one value only with ${given.comparator}`),
    text(
      '请删去第二个值，或把关系改为区间（~）或允差（±）',
      'remove the second value, or use a range (~) or a tolerance (±)',
    ),
  );
}

function wrongSecond(at: string, given: Requirement): Fault {
  return given.comparator === '~'
    ? fault(
        `${at}/second`,
        'requirement.range',
        `${given.value}～${given.second}`,
        text('上限应大于下限', 'the upper limit is greater than the lower'),
        text('请对调或改正两个值', 'swap or correct the two values'),
      )
    : fault(
        `${at}/second`,
        'requirement.tolerance',
        given.second,
        text('允差不小于 0', 'a tolerance of at least 0'),
        text('请填写允差的绝对值', 'give the absolute value of the tolerance'),
      );
}
