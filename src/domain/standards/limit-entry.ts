import { type Fault, type Text, text } from '../fault.ts';
import { parseUnit } from '../indicators/units.ts';
import { err, ok, type Result } from '../result.ts';
import { checkConditions } from '../schemes/check-scheme.ts';
import { parseShape } from '../shape.ts';
import type { CatalogueStandard } from './catalogue.ts';
import { twice } from './catalogue-file.ts';
import { CORRECT_ENTRY, entryFault } from './import-fault.ts';
import { StandardLimit } from './limit.ts';
import { parseStandardNumber } from './number.ts';

/** A limit as the register keeps it, with the compact number of the standard that sets it. */
export interface LimitEntry {
  readonly at: string;
  readonly limit: StandardLimit;
  readonly standard: string;
}

/** Reads one limit. Errors: its shape, an unknown unit or number, conditions that cannot be decided, dates out of order. */
export function readLimitEntry(input: unknown, at: string): Result<LimitEntry, readonly Fault[]> {
  const shaped = parseShape(StandardLimit, input, at);
  if (!shaped.ok) return shaped;
  const given = shaped.value;
  const number = parseStandardNumber(given.standard, `${at}/standard`);
  const unit = parseUnit(given.unit, `${at}/unit`);
  const faults = [
    ...(number.ok ? [] : [number.problem]),
    ...(unit.ok ? [] : [unit.problem]),
    ...checkConditions(given.when, `${at}/when`),
  ];
  if (number.ok && given.force === 'mandatory' && !number.value.mandatory)
    faults.push(wrongForce(at, given.force, number.value.canonical));
  if (given.validUntil && given.validUntil <= given.validFrom) {
    const expected = text(`晚于 ${given.validFrom}`, `after ${given.validFrom}`);
    faults.push(entryFault(`${at}/validUntil`, 'date-order', given.validUntil, expected, CORRECT_ENTRY));
  }
  if (!number.ok || !unit.ok || faults.length > 0) return err(faults);
  const limit = { ...given, standard: number.value.canonical, unit: unit.value.symbol };
  return ok({ at, limit, standard: number.value.compact });
}

/** What the limits of one file say together, and beside the catalogue: a code twice, a force or a day that the standard denies. */
export function checkLimits(
  entries: readonly LimitEntry[],
  find: (compact: string) => CatalogueStandard | null,
): readonly Fault[] {
  const byCode = new Map<string, LimitEntry>();
  return entries.flatMap((entry) => {
    const first = byCode.get(entry.limit.code);
    byCode.set(entry.limit.code, first ?? entry);
    const repeated = first ? [twice(`${entry.at}/code`, entry.limit.code, first.at)] : [];
    return [...repeated, ...checkAgainstStandard(entry, find(entry.standard))];
  });
}

function checkAgainstStandard({ at, limit }: LimitEntry, standard: CatalogueStandard | null): readonly Fault[] {
  if (!standard) return [];
  const faults: Fault[] = [];
  if ((limit.force === 'mandatory') !== standard.mandatory) faults.push(wrongForce(at, limit.force, standard.number));
  const { effectiveOn, withdrawnOn } = standard;
  if (effectiveOn && limit.validFrom < effectiveOn) {
    const expected = text(
      `不早于 ${standard.number} 的实施日期 ${effectiveOn}`,
      `${effectiveOn} or later, when it takes effect`,
    );
    faults.push(entryFault(`${at}/validFrom`, 'date-order', limit.validFrom, expected, CORRECT_ENTRY));
  }
  if (withdrawnOn && (!limit.validUntil || limit.validUntil > withdrawnOn)) {
    const expected = text(
      `不晚于 ${standard.number} 的废止日期 ${withdrawnOn}`,
      `${withdrawnOn} or earlier, when it is withdrawn`,
    );
    faults.push(entryFault(`${at}/validUntil`, 'date-order', limit.validUntil, expected, CORRECT_ENTRY));
  }
  return faults;
}

function wrongForce(at: string, force: StandardLimit['force'], number: string): Fault {
  const expected: Text =
    force === 'mandatory'
      ? text(`recommended（${number} 不是强制性标准）`, `recommended, as ${number} is not mandatory`)
      : text(`mandatory（${number} 是强制性标准）`, `mandatory, as ${number} is mandatory`);
  return entryFault(`${at}/force`, 'force', force, expected, CORRECT_ENTRY);
}
