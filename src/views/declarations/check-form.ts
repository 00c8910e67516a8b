import { checkBy } from '../../domain/declarations/check-by.ts';
import { CHECKS_OF_A_FORM } from '../../domain/declarations/checks/of-a-form.ts';
import { SIGNER_CAPACITIES } from '../../domain/declarations/commitment.ts';
import type { DeclarationContent } from '../../domain/declarations/content.ts';
import { standing } from '../../domain/declarations/finding.ts';
import { rulesWithoutRegister } from '../../domain/declarations/rules.ts';
import type { Fault } from '../../domain/fault.ts';
import { COMPARATORS } from '../../domain/indicators/requirement.ts';
import { type DeclarationForm, linesOf, type Row, type RowList } from './form-fields.ts';

/** Which one it is, the schema says; no rule asks. */
type Relation = NonNullable<DeclarationContent['standard']['adopts']>[number]['relation'];

/** What the rules that need no register say of a form that may be half written; for the browser, while someone types. */
export function ruleFaults(form: DeclarationForm, today: string): readonly Fault[] {
  return standing(checkBy(CHECKS_OF_A_FORM, asContent(form), rulesWithoutRegister(today)).findings);
}

/**
 * A form that may be half written, as the rules want it: what is missing is empty text, and whether anything is missing is
 * for the schema to say. `text` is no input, and comes from the draft.
 */
export function asContent(form: DeclarationForm, text: DeclarationContent['text'] = null): DeclarationContent {
  const field = (name: string): string => form.fields[name] ?? '';
  const rows = (list: RowList): readonly Row[] => form.rows[list] ?? [];
  return {
    subject: field('/subject') === 'service' ? 'service' : 'product',
    category: field('/category'),
    standard: {
      number: field('/standard/number'),
      name: field('/standard/name'),
      issuedOn: field('/standard/issuedOn') || null,
      effectiveOn: field('/standard/effectiveOn'),
      replaces: [...linesOf(field('/standard/replaces'))],
      references: [...linesOf(field('/standard/references'))],
      drafters: field('/standard/drafters') || null,
      adopts: rows('adopts').map((row) => ({ number: of(row, 'number'), relation: of(row, 'relation') as Relation })),
      jointWith: rows('jointWith').map((row) => ({ enterprise: of(row, 'enterprise'), number: row['number'] || null })),
    },
    products: rows('products').map((row) => ({
      name: of(row, 'name'),
      genericName: row['genericName'] || null,
      brand: row['brand'] || null,
      specification: row['specification'] || null,
      models: [...linesOf(of(row, 'models'))],
      barcodes: [...linesOf(of(row, 'barcodes'))],
    })),
    parameters: rows('parameters').map((row) => ({
      name: of(row, 'name'),
      value: of(row, 'value'),
      unit: row['unit'] || null,
    })),
    indicators: rows('indicators').map((row) => ({
      name: of(row, 'name'),
      kind: row['kind'] === 'function' ? 'function' : 'performance',
      comparator: COMPARATORS.find((one) => one === row['comparator']) ?? '≥',
      value: of(row, 'value'),
      second: row['second'] || null,
      unit: of(row, 'unit'),
      testMethod: row['testMethod'] || null,
      raw: row['raw'] || null,
      note: row['note'] || null,
    })),
    text,
    commitment: signedBy(field),
    statements: rows('statements').map(answerOf),
    waivers: rows('waivers').map(answerOf),
  };
}

function signedBy(field: (name: string) => string): DeclarationContent['commitment'] {
  const version = Number(field('/commitment/version'));
  if (!version) return null;
  const capacity = SIGNER_CAPACITIES.find((one) => one === field('/commitment/capacity'));
  return { version, signer: field('/commitment/signer'), capacity: capacity ?? 'legal-representative' };
}

function answerOf(row: Row) {
  return { code: of(row, 'code'), about: of(row, 'about'), reason: of(row, 'reason'), person: of(row, 'person') };
}

function of(row: Row, column: string): string {
  return row[column] ?? '';
}
