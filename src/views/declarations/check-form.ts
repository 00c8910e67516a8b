import { checkDeclaration } from '../../domain/declarations/check.ts';
import { SIGNER_CAPACITIES } from '../../domain/declarations/commitment.ts';
import type { DeclarationContent } from '../../domain/declarations/content.ts';
import { standing } from '../../domain/declarations/finding.ts';
import { rulesWithoutRegister } from '../../domain/declarations/rules.ts';
import type { Fault } from '../../domain/fault.ts';
import { asComparator, type DeclarationForm } from './form-fields.ts';

/**
 * What the register's rules say of a form that may be half written. Whether anything is missing is for the schema to say;
 * the rules then run on empty text, and what they find in fields that the schema named already is not told twice.
 */
export function ruleFaults(form: DeclarationForm, today: string, named: readonly Fault[] = []): readonly Fault[] {
  const { findings } = checkDeclaration(asContent(form), rulesWithoutRegister(today));
  const places = new Set(named.map(({ at }) => at));
  return standing(findings).filter(({ at }) => !places.has(at));
}

function asContent(form: DeclarationForm): DeclarationContent {
  const { number, name, issuedOn, effectiveOn } = form;
  return {
    subject: form.subject === 'service' ? 'service' : 'product',
    category: form.category,
    standard: { number, name, issuedOn: issuedOn || null, effectiveOn },
    products: form.products.map((product) => ({
      name: product.name,
      brand: product.brand || null,
      models: product.models.split(/\r?\n/u).flatMap((line) => line.trim() || []),
    })),
    parameters: form.parameters.map((parameter) => ({ ...parameter, unit: parameter.unit || null })),
    commitment: form.commitment === '' ? null : signedBy(form),
    indicators: form.indicators.map((row) => ({
      ...row,
      kind: row.kind === 'function' ? 'function' : 'performance',
      comparator: asComparator(row.comparator),
      second: row.second || null,
      testMethod: row.testMethod || null,
    })),
  };
}

function signedBy({ commitment, signer, capacity }: DeclarationForm): DeclarationContent['commitment'] {
  const known = SIGNER_CAPACITIES.find((one) => one === capacity) ?? 'legal-representative';
  return { version: Number(commitment), signer, capacity: known };
}
