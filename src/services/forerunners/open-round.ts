import { sha256Hex } from '../../domain/bytes.ts';
import { workingDaysAfter } from '../../domain/calendar/calendar.ts';
import { dayInBeijing } from '../../domain/calendar/day.ts';
import { canonicalJson } from '../../domain/canonical.ts';
import { text } from '../../domain/fault.ts';
import type { RoundRequest } from '../../domain/forerunners/input.ts';
import type { RoundKind } from '../../domain/forerunners/vocabulary.ts';
import { logTime } from '../../domain/log/leaf.ts';
import type { ListHead, ListRow } from '../../domain/rankings/list.ts';
import { readRow } from '../../domain/rankings/list-text.ts';
import { lockName, type Opened, type Transaction } from '../../store/database.ts';
import { findDeclarations } from '../../store/declarations.ts';
import { findRunningRound, insertRound, listRounds } from '../../store/forerunner-rounds.ts';
import { addToLog } from '../../store/log.ts';
import { findEdition, findLatestEdition, type ListEdition, readChunks } from '../../store/ranking-lists.ts';
import { audit } from '../audit.ts';
import { loadCalendar } from '../calendar/load-calendar.ts';
import { accreditedFor } from '../comparisons/accredited.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { conflict, notFound } from '../refusal.ts';
import { transact } from '../transact.ts';

export interface OpenedRound {
  readonly id: string;
  readonly candidates: number;
  readonly confirmUntil: string;
  readonly sha256: string;
}

/**
 * The body opens a round on the newest edition of its ranking list: the candidates are exactly its grade-one rows, frozen
 * with revision and hash. Of a list without an overall grade there are none.
 */
export async function openRound(context: ServiceContext, input: RoundRequest): Promise<OpenedRound> {
  return transact(
    context,
    async (tx) => {
      const edition = await findEdition(tx.db, input.list, input.edition);
      const board = edition?.state === 'published' ? edition : null;
      const head = board ? (JSON.parse(board.head) as ListHead) : null;
      const scope = await accreditedFor(tx, context, head?.category ?? '');
      authorise(context, 'forerunner.open', board ? { ...scope, ownerId: board.bodyId } : {});
      if (!board || !head) {
        throw notFound(text('榜单期次', 'edition of a ranking list'), '/edition', `${input.list}/${input.edition}`);
      }
      if (!head.overall || head.grades[1] === 0) throw nothingToOpen(head);
      await lockName(tx, `forerunner list ${input.list}`);
      await mustBeNewest(tx, board);
      await mustNotRun(tx, input.list);
      const rows = await gradeOne(tx.db, board, head);
      return storeRound(tx, context, { kind: 'edition', board, head, confirmationDays: input.confirmationDays }, rows);
    },
    { sequence: 'forerunner_round_numbers' },
  );
}

/** A candidate to be: a version of a declaration and the edition in whose row it stands. */
export interface FrozenCandidate {
  readonly declaration: string;
  readonly revision: number;
  readonly document: string;
  readonly board: number;
}

interface NewRound {
  readonly kind: RoundKind;
  readonly board: ListEdition;
  readonly head: ListHead;
  readonly confirmationDays: number;
}

/** Writes a round with its candidates, in public and into the log. */
export async function storeRound(
  tx: Opened,
  context: ServiceContext,
  { kind, board, head, confirmationDays }: NewRound,
  candidates: readonly FrozenCandidate[],
): Promise<OpenedRound> {
  const { organisation, userId } = actingOrganisation(context);
  const today = dayInBeijing(tx.now);
  const id = `LP-${today.slice(0, 4)}-${String(tx.number).padStart(6, '0')}`;
  const confirmUntil = workingDaysAfter(today, confirmationDays, await loadCalendar(tx.db)).day;
  const document = canonicalJson({
    v: 1,
    round: id,
    kind,
    list: head.list,
    body: organisation.creditCode,
    board: { edition: board.edition ?? 0, sha256: board.listSha256 },
    scheme: head.scheme,
    confirmUntil,
    candidates: candidates.map((one) => [one.declaration, one.revision, one.document]),
  });
  const holders = new Map(
    (
      await findDeclarations(
        tx.db,
        candidates.map(({ declaration }) => declaration),
      )
    ).map((one) => [one.id, one.organisationId]),
  );
  await insertRound(
    tx,
    {
      id,
      listCode: head.list,
      kind,
      boardEdition: board.edition ?? 0,
      boardSha256: board.listSha256,
      schemeVersion: head.scheme.version,
      schemeSha256: head.scheme.sha256,
      category: head.category,
      bodyId: organisation.id,
      document,
      openedBy: userId,
      confirmUntil,
    },
    candidates.map(({ declaration, revision, document: sha256, board: boardEdition }) => ({
      declarationId: declaration,
      revision,
      documentSha256: sha256,
      boardEdition,
      organisationId: holders.get(declaration) ?? '',
    })),
  );
  const doc = sha256Hex(document);
  const at = logTime(tx.now);
  await addToLog(tx, { t: 'forerunner.round-opened', id, rev: 1, body: organisation.creditCode, doc, at });
  const action = kind === 'edition' ? 'forerunner.open' : 'forerunner.renew';
  await audit(tx, context, action, id, { list: `${head.list}/${board.edition}`, candidates: candidates.length });
  return { id, candidates: candidates.length, confirmUntil, sha256: doc };
}

/** One round of a list at a time: two would publish over each other. */
export async function mustNotRun(tx: Transaction, list: string): Promise<void> {
  const running = await findRunningRound(tx.db, list);
  if (!running) return;
  throw conflict(
    text('该榜单已有一轮在进行', 'a round of this list is running already'),
    '/list',
    running.id,
    text('没有进行中的一轮', 'no running round'),
    text('请先完成这一轮，或请工作机构终止', 'finish that round, or ask the coordinating body to end it'),
  );
}

/** Grade-one rows come first in an edition. */
async function gradeOne(
  db: Transaction['db'],
  board: ListEdition,
  head: ListHead,
): Promise<readonly FrozenCandidate[]> {
  const most = head.grades[1];
  const chunks = await readChunks(db, board.id, 'entries', 0, most);
  const rows = chunks.flatMap(({ content }) => content.trimEnd().split('\n')).slice(0, most);
  return rows.map(readRow).map(({ declaration, revision, document, grade }: ListRow) => {
    if (grade !== 1) throw new Error(`${declaration} is not of grade one`);
    return { declaration, revision, document, board: board.edition ?? 0 };
  });
}

async function mustBeNewest(tx: Transaction, board: ListEdition): Promise<void> {
  const latest = await findLatestEdition(tx.db, board.schemeCode);
  const rounds = await listRounds(tx.db, { listCode: board.schemeCode });
  const used = rounds.find(
    (one) => one.kind === 'edition' && one.boardEdition === board.edition && one.publishedAt !== null,
  );
  if (latest?.edition === board.edition && !used) return;
  throw conflict(
    text('该期榜单不能再开一轮', 'no round can be opened on this edition'),
    '/edition',
    used?.id ?? String(board.edition),
    text(
      `最新一期（第 ${latest?.edition} 期），且尚未据以公布领跑者`,
      `the newest edition (${latest?.edition}), with no forerunners published from it`,
    ),
    text('请选用最新一期，或办理续期', 'take the newest edition, or renew entries'),
  );
}

function nothingToOpen({ overall }: ListHead) {
  return conflict(
    text('该期榜单没有一级的声明，不产生领跑者候选', 'this edition has no grade-one rows, so there are no candidates'),
    '/edition',
    overall ? 'no grade-one row' : 'tiers only',
    text('有总体等级、且有一级声明的一期', 'an edition with an overall grade and grade-one rows'),
    text('请选用另一份榜单', 'take another list'),
  );
}
