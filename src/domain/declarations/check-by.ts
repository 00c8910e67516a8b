import { type Fault, fault, text } from '../fault.ts';
import { checkRequirement, formatRequirement } from '../indicators/requirement.ts';
import { parseUnit } from '../indicators/units.ts';
import { err, ok, type Result } from '../result.ts';
import { parseGtin } from '../standards/gtin.ts';
import { parseStandardNumber, type StandardNumber } from '../standards/number.ts';
import type { Check } from './checks/check.ts';
import type { DeclarationContent, DeclaredIndicator } from './content.ts';
import type { Finding } from './finding.ts';
import type { DeclarationRules } from './rules.ts';

/** A declaration that passed every check: numbers and units in their one form, the rest as it was typed. */
export interface AcceptedDeclaration {
  readonly content: DeclarationContent;
  readonly number: StandardNumber;
}

export interface CheckedDeclaration {
  /** Null while a finding stands that the declaration does not answer. */
  readonly accepted: AcceptedDeclaration | null;
  /** Everything found, answered or not. */
  readonly findings: readonly Finding[];
}

/** Checks by some checks; every door of the register uses all of them (`checkDeclaration`). */
export function checkBy(
  checks: readonly Check[],
  given: DeclarationContent,
  rules: DeclarationRules,
): CheckedDeclaration {
  const parsed = parseStandardNumber(given.standard.number, '/standard/number');
  const number = parsed.ok ? parsed.value : null;
  const { content, readable, faults } = normalise(given);
  const found = checks.flatMap(({ severity, find }) =>
    find({ content, number, readable, rules }).map((one) => ({ ...one, severity, answered: false }) satisfies Finding),
  );
  const findings = [...answer(found, content), ...faults, ...unneeded(found, content)];
  const isAccepted = number !== null && findings.every(({ answered }) => answered);
  return { accepted: isAccepted ? { content, number } : null, findings };
}

function answer(found: readonly Finding[], content: DeclarationContent): readonly Finding[] {
  const statements = new Set((content.statements ?? []).map(({ code, about }) => `${code} ${about}`));
  const waivers = new Set((content.waivers ?? []).map(({ code, about }) => `${code} ${about}`));
  return found.map((finding) => {
    const key = `${finding.code} ${finding.about}`;
    const answered =
      (finding.severity === 'state' && statements.has(key)) || (finding.severity === 'warn' && waivers.has(key));
    return answered ? { ...finding, answered } : finding;
  });
}

/** A statement or waiver that answers nothing would stand in public for something that is not so. */
function unneeded(found: readonly Finding[], content: DeclarationContent): readonly Finding[] {
  const lists = [
    { list: content.statements ?? [], field: 'statements', severity: 'state' },
    { list: content.waivers ?? [], field: 'waivers', severity: 'warn' },
  ] as const;
  return lists.flatMap(({ list, field, severity }) =>
    list.flatMap(({ code, about }, i) => {
      const same = found.filter((finding) => finding.code === code && finding.about === about);
      if (same.some((finding) => finding.severity === severity)) return [];
      const isRefusal = same.some((finding) => finding.severity === 'refuse');
      return [
        {
          ...fault(
            `/${field}/${i}`,
            isRefusal ? 'answer.refused' : 'answer.unneeded',
            `${code} ${about}`,
            isRefusal
              ? text('不得低于法定要求：只能改正，不能说明后保留', 'a refusal is corrected, never waived')
              : text('与本次校验发现的问题对应的说明', 'an answer to something that this check finds'),
            isRefusal
              ? text('请改正该项并删去这条说明', 'correct it, and remove this answer')
              : text('请删去这条说明', 'remove this answer'),
          ),
          about,
          severity: 'refuse' as const,
          answered: false,
        },
      ];
    }),
  );
}

/** The content as it would be declared, without the indicators whose values cannot be read. */
export function readableContent(given: DeclarationContent): DeclarationContent {
  const { content, readable } = normalise(given);
  return { ...content, indicators: content.indicators.filter((_, i) => readable[i]) };
}

/** Values, units and barcodes in their one form; what cannot be read stays as typed, with its fault. */
function normalise(given: DeclarationContent): {
  readonly content: DeclarationContent;
  readonly readable: readonly boolean[];
  readonly faults: readonly Finding[];
} {
  const faults: Finding[] = [];
  const refuse = (problems: readonly Fault[], about: string) =>
    faults.push(...problems.map((one) => ({ ...one, about, severity: 'refuse' as const, answered: false })));
  const read = given.indicators.map((indicator, i) => readIndicator(indicator, `/indicators/${i}`));
  const indicators = given.indicators.map((indicator, i) => {
    const one = read[i];
    if (one && !one.ok) refuse(one.problem, indicator.name);
    return one?.ok ? one.value : indicator;
  });
  const parameters = given.parameters.map((parameter, i) => {
    if (!parameter.unit) return parameter;
    const unit = parseUnit(parameter.unit, `/parameters/${i}/unit`);
    if (!unit.ok) refuse([unit.problem], parameter.name);
    return unit.ok ? { ...parameter, unit: unit.value.symbol } : parameter;
  });
  const products = given.products.map((product) => {
    if (!product.barcodes) return product;
    const barcodes = product.barcodes.map((typed) => {
      const gtin = parseGtin(typed);
      return gtin.ok ? gtin.value : typed;
    });
    return { ...product, barcodes };
  });
  return { content: { ...given, products, parameters, indicators }, readable: read.map((one) => one.ok), faults };
}

function readIndicator(given: DeclaredIndicator, at: string): Result<DeclaredIndicator, readonly Fault[]> {
  const faults: Fault[] = [];
  const requirement = checkRequirement(
    { comparator: given.comparator, value: given.value, second: given.second ?? null, unit: given.unit },
    at,
  );
  if (!requirement.ok) faults.push(...requirement.problem);
  const unit = given.comparator === 'text' && given.unit === '' ? null : parseUnit(given.unit || '1', `${at}/unit`);
  if (unit && !unit.ok) faults.push(unit.problem);
  if (!requirement.ok || (unit && !unit.ok)) return err(faults);
  const written = { ...requirement.value, unit: unit ? unit.value.symbol : '' };
  return ok({ ...given, ...written, raw: given.raw ?? formatRequirement(written) });
}
