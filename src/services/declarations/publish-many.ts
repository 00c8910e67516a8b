import type { AcceptedDeclaration } from '../../domain/declarations/check-by.ts';
import type { DeclarationContent } from '../../domain/declarations/content.ts';
import { logTime } from '../../domain/log/leaf.ts';
import { type Finding, standing } from '../../domain/declarations/finding.ts';
import { insertDeclarations, takeDeclarationNumbers } from '../../store/declaration-versions.ts';
import { findOwnNumbers } from '../../store/declarations.ts';
import type { Transaction } from '../../store/database.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { invalid } from '../refusal.ts';
import { transact } from '../transact.ts';
import { checkContent } from './check-content.ts';
import { askRegister, numberTaken, registerFindings } from './register-findings.ts';
import { declarationId, makeVersion, type Receipt } from './version.ts';

/** What became of one of many: published, or refused with what stands in the way. */
export type Outcome = { readonly receipt: Receipt } | { readonly findings: readonly Finding[] };

/** A declaration as it was sent with what the checks say of it. */
export type CheckedContent =
  | { readonly accepted: AcceptedDeclaration }
  | { readonly accepted: null; readonly findings: readonly Finding[] };

/** Checks many by all rules, the register's knowledge of categories and numbers included; in the order given. */
export async function checkMany(
  context: ServiceContext,
  contents: readonly DeclarationContent[],
): Promise<readonly CheckedContent[]> {
  const { organisation } = actingOrganisation(context);
  const checked = await Promise.all(contents.map((content) => checkContent(context.database, content)));
  const accepted = checked.flatMap((one) => (one.accepted ? [one.accepted] : []));
  const knows = await askRegister(context.database, organisation.id, accepted);
  const seen = new Set<string>();
  return checked.map((one): CheckedContent => {
    if (!one.accepted) return { accepted: null, findings: standing(one.findings) };
    const { number, content } = one.accepted;
    const found = registerFindings(one.accepted, knows);
    // The same own number twice among those sent: the first stands.
    if (found.length === 0 && number.level === 'enterprise' && seen.has(number.compact)) {
      return { accepted: null, findings: [taken(content, null)] };
    }
    seen.add(number.compact);
    return found.length === 0 ? { accepted: one.accepted } : { accepted: null, findings: found };
  });
}

/**
 * Writes accepted declarations of one enterprise in one statement of an open transaction. A number that somebody took since
 * it was checked is refused in its place; the others go in.
 */
export async function writeMany(
  tx: Transaction,
  context: ServiceContext,
  accepted: readonly AcceptedDeclaration[],
): Promise<readonly Outcome[]> {
  if (accepted.length === 0) return [];
  const { organisation } = actingOrganisation(context);
  const numbers = await takeDeclarationNumbers(tx, accepted.length);
  const made = accepted.map((one, i) => {
    const id = declarationId(organisation.creditCode, numbers[i] ?? 0);
    return makeVersion(context, one, { id, revision: 1, event: 'published', time: logTime(tx.now) });
  });
  const written = await insertDeclarations(
    tx,
    made.map(({ version }) => ({ ...version, at: tx.now })),
  );
  const late = made.filter(({ version }) => !written.has(version.id)).map(({ version }) => version.numberCompact);
  const holders = await findOwnNumbers(tx.db, organisation.id, late);
  return made.map(({ version, receipt }, i): Outcome => {
    if (written.has(version.id)) return { receipt };
    const content = accepted[i]?.content;
    return { findings: content ? [taken(content, holders.get(version.numberCompact) ?? null)] : [] };
  });
}

/** Publishes up to a hundred of one enterprise at once: each stands or falls by itself. */
export async function publishMany(
  context: ServiceContext,
  contents: readonly DeclarationContent[],
): Promise<readonly Outcome[]> {
  authorise(context, 'declaration.publish');
  const checked = await checkMany(context, contents);
  return transact(context, async (tx) => {
    const accepted = checked.flatMap((one) => (one.accepted ? [one.accepted] : []));
    if (accepted.length === 0 && contents.length === 0) throw invalid([]);
    const outcomes = [...(await writeMany(tx, context, accepted))];
    return checked.map((one): Outcome => (one.accepted ? (outcomes.shift() as Outcome) : { findings: one.findings }));
  });
}

function taken(content: DeclarationContent, holder: string | null): Finding {
  const number = content.standard.number;
  return { ...numberTaken(number, holder), about: number, severity: 'refuse', answered: false };
}
