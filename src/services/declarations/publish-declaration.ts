import type { AcceptedDeclaration } from '../../domain/declarations/check-by.ts';
import type { DeclarationContent } from '../../domain/declarations/content.ts';
import { standing } from '../../domain/declarations/finding.ts';
import { text } from '../../domain/fault.ts';
import { publicRead } from '../../store/database.ts';
import { declareOnce, nextDeclarationNumber, TIME_TO_COME } from '../../store/declare-once.ts';
import { findOwnNumbers } from '../../store/declarations.ts';
import { conflictingConstraint, missingReference } from '../../store/errors.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { invalid, Refusal } from '../refusal.ts';
import { actOnce } from '../transact.ts';
import { checkContent } from './check-content.ts';
import { numberTaken, unknownCategory, unknownText } from './register-findings.ts';
import { declarationId, makeVersion, type Receipt } from './version.ts';

/**
 * Publishes a declaration at once; no approval stands between (标准化法 art. 27). A wrong one is refused with every fault,
 * and changes nothing.
 */
export async function publishDeclaration(context: ServiceContext, input: DeclarationContent): Promise<Receipt> {
  authorise(context, 'declaration.publish');
  const { organisation } = actingOrganisation(context);
  const { accepted, findings } = await checkContent(context.database, input);
  return actOnce(
    context,
    async (acting, key) => {
      if (!accepted) throw invalid(standing(findings));
      const id = declarationId(organisation.creditCode, await nextDeclarationNumber(context.database));
      const made = makeVersion(context, accepted, { id, revision: 1, event: 'published', time: TIME_TO_COME });
      const kept = key && { ...key, answer: JSON.stringify(made.receipt) };
      const time = await declareOnce(context.database, acting, made.version, kept);
      return time === null ? null : { ...made.receipt, publishedAt: time };
    },
    (error) => (accepted ? explainWrite(context, error, accepted, organisation.id) : error),
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
  if (missingReference(error) === 'declaration_texts_known') return invalid([unknownText(content.text?.sha256 ?? '')]);
  if (conflictingConstraint(error) !== 'declarations_own_number') return error;
  const taken = await publicRead(context.database, (db) => findOwnNumbers(db, organisationId, [number.compact]));
  return new Refusal('conflict', text('该编号已声明', 'this number is declared already'), [
    numberTaken(content.standard.number, taken.get(number.compact) ?? null),
  ]);
}
