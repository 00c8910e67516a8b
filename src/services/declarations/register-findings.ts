import type { AcceptedDeclaration } from '../../domain/declarations/check-by.ts';
import type { DeclarationContent } from '../../domain/declarations/content.ts';
import type { Finding } from '../../domain/declarations/finding.ts';
import { type Fault, fault, text } from '../../domain/fault.ts';
import type { StandardNumber } from '../../domain/standards/number.ts';
import { type Database, publicRead } from '../../store/database.ts';
import { findCategories, findOwnNumbers } from '../../store/declarations.ts';
import { findOwnTexts } from '../../store/texts.ts';

/** What only the register knows: whether the category exists, and whether the enterprise declared the number already. */
export interface RegisterKnows {
  readonly categories: ReadonlySet<string>;
  /** Own numbers taken: compact number to declaration. */
  readonly numbers: ReadonlyMap<string, string>;
  /** Texts that the enterprise uploaded, or that declarations of its own name: hash to number of bytes. */
  readonly texts: ReadonlyMap<string, number>;
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
  const named = given.flatMap(({ content }) => (content.text ? [content.text.sha256] : []));
  return { categories, numbers, texts: await findOwnTexts(database, organisationId, named) };
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
    ...textFaults(content, knows.texts),
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

function textFaults({ text: named }: DeclarationContent, texts: RegisterKnows['texts']): readonly Fault[] {
  if (!named) return [];
  const bytes = texts.get(named.sha256);
  if (bytes === undefined) return [unknownText(named.sha256)];
  if (bytes === named.bytes) return [];
  const remedy = text('请用上传时得到的字节数', 'give the number of bytes that the upload answered');
  return [fault('/text/bytes', 'text.bytes', named.bytes, text(String(bytes), String(bytes)), remedy)];
}

export function unknownText(sha256: string): Fault {
  return fault(
    '/text/sha256',
    'text.unknown',
    sha256,
    text('本企业已上传的标准文本的 SHA-256', 'the SHA-256 of a text that the enterprise uploaded'),
    text('请先用 POST /api/v1/standard-texts 上传文本', 'upload the text first: POST /api/v1/standard-texts'),
  );
}
