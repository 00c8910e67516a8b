import { actorName } from '../../domain/access/actor.ts';
import { checkDeclaration, type AcceptedDeclaration } from '../../domain/declarations/check.ts';
import type { DeclarationContent } from '../../domain/declarations/content.ts';
import { type DeclarationDocument, writeDocument } from '../../domain/declarations/document.ts';
import { fault, text } from '../../domain/fault.ts';
import { logTime, writeLeaf } from '../../domain/log/leaf.ts';
import { foldForSearch } from '../../domain/text/fold.ts';
import { publicRead } from '../../store/database.ts';
import { findByNumber, insertDeclaration } from '../../store/declarations.ts';
import { conflictingConstraint, missingReference } from '../../store/errors.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { conflict, invalid, type Refusal } from '../refusal.ts';
import { transact } from '../transact.ts';

/** Proves what was declared and when: the hash of the version's canonical bytes, which the public log also holds. */
export interface Receipt {
  readonly id: string;
  readonly revision: number;
  readonly number: string;
  readonly enterprise: { readonly code: string; readonly name: string };
  readonly document: string;
  readonly publishedAt: string;
}

/**
 * Publishes a declaration at once; no approval stands between (标准化法 art. 27). A wrong one is refused with every fault,
 * and changes nothing.
 */
export async function publishDeclaration(context: ServiceContext, input: DeclarationContent): Promise<Receipt> {
  authorise(context, 'declaration.publish');
  const { organisation, userId } = actingOrganisation(context);
  const accepted = checkDeclaration(input);
  return transact(
    context,
    async (tx) => {
      if (!accepted.ok) throw invalid(accepted.problem);
      const { content, number } = accepted.value;
      const id = `${organisation.creditCode}.D${String(tx.number).padStart(8, '0')}`;
      const enterprise = { code: organisation.creditCode, name: organisation.name };
      const document: DeclarationDocument = {
        v: 1,
        id,
        revision: 1,
        event: 'published',
        enterprise,
        number: { canonical: number.canonical, compact: number.compact },
        content,
      };
      const written = writeDocument(document);
      const at = logTime(tx.now);
      await insertDeclaration(tx, {
        id,
        organisationId: organisation.id,
        creditCode: organisation.creditCode,
        numberCompact: number.compact,
        level: number.level,
        category: content.category,
        subject: content.subject,
        searchText: searchText(accepted.value, enterprise),
        document: written.text,
        documentSha256: written.sha256,
        author: userId,
        signer: context.actor.kind === 'member' ? context.actor.displayName : actorName(context.actor),
        at: tx.now,
        leaf: writeLeaf({
          t: 'declaration.published',
          id,
          rev: 1,
          ent: organisation.creditCode,
          doc: written.sha256,
          files: [],
          at,
        }),
        audit: { actor: actorName(context.actor), requestId: context.requestId },
      });
      return { id, revision: 1, number: number.canonical, enterprise, document: written.sha256, publishedAt: at };
    },
    {
      sequence: 'declaration_numbers',
      explain: (error) => (accepted.ok ? explain(context, error, accepted.value, organisation.id) : error),
    },
  );
}

/** What the home page's search looks through: folded, and bounded so that the index stays small. */
function searchText(
  { content, number }: AcceptedDeclaration,
  enterprise: { readonly code: string; readonly name: string },
): string {
  const products = content.products.flatMap((product) => [
    product.name,
    product.brand ?? '',
    ...product.models.slice(0, 5),
  ]);
  return foldForSearch(
    [number.canonical, number.compact, content.standard.name, enterprise.name, enterprise.code, ...products].join(' '),
  ).slice(0, 500);
}

async function explain(
  context: ServiceContext,
  error: unknown,
  accepted: AcceptedDeclaration,
  organisationId: string,
): Promise<unknown> {
  if (missingReference(error) === 'declarations_category_fkey') return unknownCategory(accepted.content.category);
  if (conflictingConstraint(error) !== 'declarations_own_number') return error;
  const existing = await publicRead(context.database, (db) =>
    findByNumber(db, organisationId, accepted.number.compact),
  );
  return conflict(
    text('该编号已声明', 'this number is declared already'),
    '/standard/number',
    accepted.content.standard.number,
    text('本企业未声明过的编号', 'a number that the enterprise has not declared'),
    text(
      `请对已有声明 ${existing ?? ''} 办理修订，或改用新编号`,
      `revise the declaration ${existing ?? ''}, or use a new number`,
    ),
  );
}

function unknownCategory(category: string): Refusal {
  return invalid([
    fault(
      '/category',
      'category.unknown',
      category,
      text('类别目录中的代码，如 C3464.heat-pump', 'a code of the category list, such as C3464.heat-pump'),
      text('请从 GET /api/v1/categories 中选择', 'choose one from GET /api/v1/categories'),
    ),
  ]);
}
