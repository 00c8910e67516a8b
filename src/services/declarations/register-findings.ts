import type { AcceptedDeclaration } from '../../domain/declarations/check.ts';
import type { DeclarationContent } from '../../domain/declarations/content.ts';
import type { Finding } from '../../domain/declarations/finding.ts';
import { type Fault, fault, text } from '../../domain/fault.ts';
import type { StandardNumber } from '../../domain/standards/number.ts';
import { type Database, publicRead } from '../../store/database.ts';
import { findCategories, findOwnNumbers } from '../../store/declarations.ts';

/** What only the register knows: whether the category exists, and whether the enterprise declared the number already. */
export interface RegisterKnows {
  readonly categories: ReadonlySet<string>;
  /** Own numbers taken: compact number to declaration. */
  readonly numbers: ReadonlyMap<string, string>;
}

export async function askRegister(
  database: Database,
  organisationId: string,
  given: readonly { readonly content: DeclarationContent; readonly number: StandardNumber | null }[],
): Promise<RegisterKnows> {
  const own = given.flatMap(({ number }) => (number?.level === 'enterprise' ? [number.compact] : []));
  const codes = [...new Set(given.map(({ content }) => content.category))];
  const [categories, numbers] = await publicRead(database, (db) =>
    Promise.all([findCategories(db, codes), findOwnNumbers(db, organisationId, own)]),
  );
  return { categories, numbers };
}

/** What the register's knowledge says of one declaration; `except` is the declaration that is being revised. */
export function registerFindings(
  { content, number }: Pick<AcceptedDeclaration, 'content'> & { readonly number: StandardNumber | null },
  knows: RegisterKnows,
  except: string | null = null,
): readonly Finding[] {
  const taken = number?.level === 'enterprise' ? knows.numbers.get(number.compact) : undefined;
  return [
    ...(knows.categories.has(content.category) ? [] : [unknownCategory(content.category)]),
    ...(taken && taken !== except ? [numberTaken(content.standard.number, taken)] : []),
  ].map((one) => ({ ...one, about: content.standard.number, severity: 'refuse', answered: false }));
}

export function numberTaken(number: string, declaration: string | null): Fault {
  return fault(
    '/standard/number',
    'standard-number.taken',
    number,
    text('本企业未声明过的编号', 'a number that the enterprise has not declared'),
    text(
      `请对已有声明 ${declaration ?? ''} 办理修订，或改用新编号`,
      `revise the declaration ${declaration ?? ''}, or use a new number`,
    ),
  );
}

export function unknownCategory(category: string): Fault {
  return fault(
    '/category',
    'category.unknown',
    category,
    text('类别目录中的代码，如 C3464.heat-pump', 'a code of the category list, such as C3464.heat-pump'),
    text('请从 GET /api/v1/categories 中选择', 'choose one from GET /api/v1/categories'),
  );
}
