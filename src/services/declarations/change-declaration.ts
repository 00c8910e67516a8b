import type { AcceptedDeclaration } from '../../domain/declarations/check-by.ts';
import {
  checkCorrection,
  checkRevision,
  checkWithdrawal,
  type Correction,
  type Revision,
  type Withdrawal,
} from '../../domain/declarations/change.ts';
import type { DeclarationContent, DeclarationEvent } from '../../domain/declarations/content.ts';
import type { DeclarationDocument } from '../../domain/declarations/document.ts';
import { standing } from '../../domain/declarations/finding.ts';
import type { Action } from '../../domain/access/policy.ts';
import { logTime } from '../../domain/log/leaf.ts';
import { type Fault, fault, text } from '../../domain/fault.ts';
import { parseStandardNumber } from '../../domain/standards/number.ts';
import type { Transaction } from '../../store/database.ts';
import { advanceDeclaration } from '../../store/declaration-versions.ts';
import { findDeclaration, type StoredDeclaration } from '../../store/declarations.ts';
import { actingOrganisation, authorise, authoriseAtAll, type ServiceContext } from '../context.ts';
import { invalid, notFound, Refusal } from '../refusal.ts';
import { transact } from '../transact.ts';
import { checkContent } from './check-content.ts';
import { chineseDay } from './load-rules.ts';
import { explainWrite } from './publish-declaration.ts';
import { type Holder, makeVersion, type Receipt } from './version.ts';

/** A declaration as its changer read it: its id, and the revision that the change is made on. */
export interface ChangeOf {
  readonly id: string;
  readonly revision: number;
}

/** 修订: publishes a new edition under its own number, which names the one it replaces. Earlier versions stay. */
export async function reviseDeclaration(context: ServiceContext, of: ChangeOf, input: Revision): Promise<Receipt> {
  const act = input.reason ? { reason: input.reason } : undefined;
  return changeTo(context, of, input.content, {
    event: 'revised',
    action: 'declaration.revise',
    act,
    check: checkRevision,
  });
}

/** 修改: corrects what was declared wrongly; the page shows old and new. */
export async function correctDeclaration(context: ServiceContext, of: ChangeOf, input: Correction): Promise<Receipt> {
  const act = { reason: input.reason };
  const check = checkCorrection;
  return changeTo(context, of, input.content, { event: 'corrected', action: 'declaration.correct', act, check });
}

/** 废止: withdraws a declaration with reason and date; it stays readable, and its number becomes free. */
export async function withdrawDeclaration(context: ServiceContext, of: ChangeOf, input: Withdrawal): Promise<Receipt> {
  authoriseAtAll(context.actor, 'declaration.withdraw');
  return transact(context, async (tx) => {
    const before = await currentOf(tx, context, of, 'declaration.withdraw');
    const faults = checkWithdrawal(input, chineseDay(tx.now));
    if (faults.length > 0) throw invalid(faults);
    const accepted = acceptedOf(before);
    return advance(tx, context, of, accepted, 'withdrawn', { reason: input.reason, on: input.on });
  });
}

interface Change {
  readonly event: DeclarationEvent;
  readonly action: Action;
  readonly act: DeclarationDocument['act'];
  readonly check: (before: DeclarationContent, after: DeclarationContent) => readonly Fault[];
}

async function changeTo(
  context: ServiceContext,
  of: ChangeOf,
  content: DeclarationContent,
  { event, action, act, check }: Change,
): Promise<Receipt> {
  authoriseAtAll(context.actor, action);
  const { organisation } = actingOrganisation(context);
  const { accepted, findings } = await checkContent(context.database, content);
  return transact(
    context,
    async (tx) => {
      const before = await currentOf(tx, context, of, action);
      const inBody = standing(findings).map((finding) => ({ ...finding, at: `/content${finding.at}` }));
      const faults = [...inBody, ...check(contentOf(before), content)];
      if (!accepted || faults.length > 0) throw invalid(faults);
      return advance(tx, context, of, accepted, event, act);
    },
    { explain: (error) => (accepted ? explainWrite(context, error, accepted, organisation.id) : error) },
  );
}

export async function advance(
  tx: Transaction,
  context: ServiceContext,
  { id, revision }: ChangeOf,
  accepted: AcceptedDeclaration,
  event: DeclarationEvent,
  act: DeclarationDocument['act'],
  holder?: Holder,
): Promise<Receipt> {
  const given = { id, revision: revision + 1, event, act, time: logTime(tx.now), ...(holder ? { holder } : {}) };
  const made = makeVersion(context, accepted, given);
  if (!(await advanceDeclaration(tx, { ...made.version, at: tx.now }))) throw stale(revision, revision + 1);
  return made.receipt;
}

/** The declaration as it stands, if the actor may change it and it is the revision that the actor read. */
export async function currentOf(
  tx: Transaction,
  context: ServiceContext,
  { id, revision }: ChangeOf,
  action: Action,
): Promise<StoredDeclaration> {
  const found = await findDeclaration(tx.db, id);
  if (!found) throw notFound(text('声明', 'declaration'), '#path/id', id);
  authorise(context, action, { ownerId: found.organisationId, region: found.creditCode.slice(2, 8) });
  if (found.state !== 'current') throw endedAlready(id);
  if (found.revision !== revision) throw stale(revision, found.revision);
  return found;
}

function contentOf(stored: StoredDeclaration): DeclarationContent {
  return (JSON.parse(stored.document) as DeclarationDocument).content;
}

/** A withdrawal repeats what was declared: nothing in it is checked by rules that came later. */
export function acceptedOf(stored: StoredDeclaration): AcceptedDeclaration {
  const content = contentOf(stored);
  const number = parseStandardNumber(content.standard.number);
  if (!number.ok) throw new Error(`${stored.id} holds a number that cannot be read`);
  return { content, number: number.value };
}

function stale(given: number, current: number): Refusal {
  return new Refusal('stale', text('这份声明已有更新的版本', 'this declaration has a newer version'), [
    fault(
      '#header/If-Match',
      'stale',
      String(given),
      text(`当前版本 ${current}`, `the current revision, ${current}`),
      text('请重新读取后再提交', 'read it again, then send the change'),
    ),
  ]);
}

function endedAlready(id: string): Refusal {
  return new Refusal('conflict', text('该声明已废止', 'this declaration is in force no longer'), [
    fault(
      '#path/id',
      'declaration.ended',
      id,
      text('现行有效的声明', 'a current declaration'),
      text('废止后不再修改；需要继续执行的，请重新声明', 'nothing ended is changed; declare it anew'),
    ),
  ]);
}
