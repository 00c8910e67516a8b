import type { AcceptedDeclaration } from '../../domain/declarations/check.ts';
import type { DeclarationContent } from '../../domain/declarations/content.ts';
import { standing } from '../../domain/declarations/finding.ts';
import { text } from '../../domain/fault.ts';
import { publicRead } from '../../store/database.ts';
import { findOwnNumbers, insertDeclaration } from '../../store/declarations.ts';
import { conflictingConstraint, missingReference } from '../../store/errors.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { invalid, Refusal } from '../refusal.ts';
import { transact } from '../transact.ts';
import { checkContent } from './check-content.ts';
import { numberTaken, unknownCategory } from './register-findings.ts';
import { declarationId, makeVersion, type Receipt } from './version.ts';

/**
 * Publishes a declaration at once; no approval stands between (标准化法 art. 27). A wrong one is refused with every fault,
 * and changes nothing.
 */
export async function publishDeclaration(context: ServiceContext, input: DeclarationContent): Promise<Receipt> {
  authorise(context, 'declaration.publish');
  const { organisation } = actingOrganisation(context);
  const { accepted, findings } = await checkContent(context.database, input);
  return transact(
    context,
    async (tx) => {
      if (!accepted) throw invalid(standing(findings));
      const id = declarationId(organisation.creditCode, tx.number);
      const made = makeVersion(context, accepted, { id, revision: 1, event: 'published', now: tx.now });
      await insertDeclaration(tx, made.version);
      return made.receipt;
    },
    {
      sequence: 'declaration_numbers',
      explain: (error) => (accepted ? explainWrite(context, error, accepted, organisation.id) : error),
    },
  );
}

/** What the database's refusal of a version means: a category that is not there, or a number declared before. */
export async function explainWrite(
  context: ServiceContext,
  error: unknown,
  { content, number }: AcceptedDeclaration,
  organisationId: string,
): Promise<unknown> {
  if (missingReference(error) === 'declarations_category_fkey') return invalid([unknownCategory(content.category)]);
  if (conflictingConstraint(error) !== 'declarations_own_number') return error;
  const taken = await publicRead(context.database, (db) => findOwnNumbers(db, organisationId, [number.compact]));
  return new Refusal('conflict', text('该编号已声明', 'this number is declared already'), [
    numberTaken(content.standard.number, taken.get(number.compact) ?? null),
  ]);
}
