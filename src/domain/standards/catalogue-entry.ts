import { type Fault, type Text, text } from '../fault.ts';
import { err, ok, type Result } from '../result.ts';
import { parseShape } from '../shape.ts';
import { foldForSearch } from '../text/fold.ts';
import { CatalogueStandard } from './catalogue.ts';
import { CORRECT_ENTRY, entryFault } from './import-fault.ts';
import { parseStandardNumber, type StandardLevel, type StandardNumber } from './number.ts';

/** A standard as the catalogue keeps it: all numbers in their one form, and the canonical text that is compared and shown. */
export interface CatalogueEntry {
  readonly at: string;
  readonly compact: string;
  readonly level: StandardLevel;
  readonly standard: CatalogueStandard;
}

/** Reads one entry. Errors: its shape, a number of no form or of an enterprise, a property its number denies, dates out of order. */
export function readCatalogueEntry(input: unknown, at: string): Result<CatalogueEntry, readonly Fault[]> {
  const shaped = parseShape(CatalogueStandard, input, at);
  if (!shaped.ok) return shaped;
  const given = shaped.value;
  const faults: Fault[] = [];
  const read = (typed: string, where: string): StandardNumber | null => {
    const parsed = parseStandardNumber(typed, where);
    if (!parsed.ok) faults.push(parsed.problem);
    return parsed.ok ? parsed.value : null;
  };
  const number = read(given.number, `${at}/number`);
  const replacedBy = given.replacedBy.map((step, i) => ({
    ...step,
    number: read(step.number, `${at}/replacedBy/${i}/number`)?.canonical ?? step.number,
  }));
  const adopts = given.adopts.map((one, i) => ({
    ...one,
    number: read(one.number, `${at}/adopts/${i}/number`)?.canonical ?? one.number,
  }));
  if (number) faults.push(...checkNumber(number, given, at), ...checkReplacements(number, replacedBy, at));
  faults.push(...checkDates(given, at));
  if (!number || faults.length > 0) return err(faults);
  const standard = { ...given, number: number.canonical, replacedBy, adopts };
  return ok({ at, compact: number.compact, level: number.level, standard });
}

/** What the search looks through: the number in both its forms, and the titles. */
export function catalogueSearchText({ compact, standard }: Pick<CatalogueEntry, 'compact' | 'standard'>): string {
  return foldForSearch([standard.number, compact, standard.nameZh, standard.nameEn ?? ''].join(' ')).slice(0, 500);
}

/**
 * 标准化法 art. 2: only national standards are mandatory or recommended, all others are recommended; sector and local
 * numbers without /T are from before 2018 and may be either.
 */
function checkNumber(number: StandardNumber, { mandatory }: CatalogueStandard, at: string): readonly Fault[] {
  if (number.level === 'enterprise') {
    const expected = text(
      '国家、行业、地方、团体或国际标准',
      'a national, sector, local, association or international one',
    );
    const remedy = text('企业标准由企业自我声明，请删去该条', 'enterprises declare their own; remove the entry');
    return [entryFault(`${at}/number`, 'level', number.canonical, expected, remedy)];
  }
  const mustBe = number.level === 'national' ? number.mandatory : number.mandatory ? mandatory : false;
  if (mandatory === mustBe) return [];
  const expected = mustBe
    ? text(`强制性（${number.prefix} 为强制性标准代号）`, `mandatory, as ${number.prefix} is a mandatory code`)
    : text(`推荐性（${number.prefix} 不是强制性标准代号）`, `not mandatory, as ${number.prefix} is no mandatory code`);
  return [entryFault(`${at}/mandatory`, 'property', mandatory, expected, CORRECT_ENTRY)];
}

function checkReplacements(
  own: StandardNumber,
  replacedBy: CatalogueStandard['replacedBy'],
  at: string,
): readonly Fault[] {
  const seen = new Set<string>();
  return replacedBy.flatMap(({ number }, i) => {
    const problem: Text | null =
      number === own.canonical
        ? text('另一个标准', 'another standard')
        : seen.has(number)
          ? text('每个标准只列一次', 'each standard once')
          : null;
    seen.add(number);
    return problem ? [entryFault(`${at}/replacedBy/${i}/number`, 'replacement', number, problem, CORRECT_ENTRY)] : [];
  });
}

function checkDates({ issuedOn, effectiveOn, withdrawnOn }: CatalogueStandard, at: string): readonly Fault[] {
  const dates = [
    ['issuedOn', issuedOn],
    ['effectiveOn', effectiveOn],
    ['withdrawnOn', withdrawnOn],
  ] as const;
  const given = dates.flatMap(([name, date]) => (date ? [{ name, date }] : []));
  return given.slice(1).flatMap(({ name, date }, i) => {
    const before = given[i];
    if (!before || before.date <= date) return [];
    const expected = text(`不早于 ${before.date}`, `${before.date} or later`);
    return [entryFault(`${at}/${name}`, 'date-order', date, expected, CORRECT_ENTRY)];
  });
}
