import { exact, parseDecimal } from '../indicators/decimal.ts';
import { compareQuantities, findUnit } from '../indicators/units.ts';
import type { Condition } from './scheme.ts';

export interface Parameter {
  readonly name: string;
  readonly value: string;
  readonly unit?: string | null | undefined;
}

/** Whether a product meets conditions; `unknown` when a parameter is missing or cannot be compared, never a guess. */
export type Applicability = 'yes' | 'no' | 'unknown';

export function meetsAll(conditions: readonly Condition[], parameters: readonly Parameter[]): Applicability {
  let answer: Applicability = 'yes';
  for (const condition of conditions) {
    const met = meets(condition, parameters);
    if (met === 'no') return 'no';
    if (met === 'unknown') answer = 'unknown';
  }
  return answer;
}

function meets(condition: Condition, parameters: readonly Parameter[]): Applicability {
  const parameter = parameters.find((given) => given.name === condition.parameter);
  if (!parameter) return 'unknown';
  if (condition.operator === 'in') return condition.values?.includes(parameter.value) ? 'yes' : 'no';
  const value = parseDecimal(parameter.value);
  const unit = findUnit(parameter.unit ?? '1');
  const boundUnit = findUnit(condition.unit ?? '1');
  if (!value.ok || !unit || !boundUnit || condition.value === undefined) return 'unknown';
  if (unit.dimension !== boundUnit.dimension) return 'unknown';
  const order = compareQuantities(exact(value.value), unit, exact(condition.value), boundUnit);
  return holds(condition.operator, order) ? 'yes' : 'no';
}

function holds(operator: Exclude<Condition['operator'], 'in'>, order: number): boolean {
  switch (operator) {
    case 'lt':
      return order < 0;
    case 'lte':
      return order <= 0;
    case 'gt':
      return order > 0;
    case 'gte':
      return order >= 0;
  }
}
