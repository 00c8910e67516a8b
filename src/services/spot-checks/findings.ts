import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { sha256Hex } from '../../domain/bytes.ts';
import { canonicalJson } from '../../domain/canonical.ts';
import { text } from '../../domain/fault.ts';
import { logTime } from '../../domain/log/leaf.ts';
import { FINDING_CODES, VERDICTS } from '../../domain/spot-checks/vocabulary.ts';
import { publicRead, type Transaction } from '../../store/database.ts';
import { conflictingConstraint } from '../../store/errors.ts';
import { findFinding, insertFinding, moveFinding, type StoredFinding } from '../../store/findings.ts';
import { addToLog } from '../../store/log.ts';
import { findDraw, isDrawn } from '../../store/spot-checks.ts';
import { audit } from '../audit.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { conflict, invalid, notFound, type Refusal } from '../refusal.ts';
import { transact } from '../transact.ts';

export const NewFinding = z
  .strictObject({
    object: z.string().max(128),
    verdict: z.enum(VERDICTS),
    codes: z.array(z.enum(FINDING_CODES)).max(20).default([]),
    note: z.string().trim().max(4000).default(''),
  })
  .meta({ id: 'NewFinding' });

export interface FindingStep {
  readonly id: string;
  readonly object: string;
  readonly verdict: string;
  readonly state: 'entered' | 'confirmed' | 'published';
  readonly revision: number;
}

/** Enters what the check of a drawn object found. Nothing is public before a second person confirmed it. */
export async function enterFinding(
  context: ServiceContext,
  drawId: string,
  input: z.infer<typeof NewFinding>,
): Promise<FindingStep> {
  const draw = await publicRead(context.database, (db) => findDraw(db, drawId));
  authorise(context, 'finding.enter', draw ? { ownerId: draw.regulatorId } : {});
  const { organisation, userId } = actingOrganisation(context);
  return transact(
    context,
    async (tx) => {
      if (!draw || !(await isDrawn(tx.db, drawId, input.object))) {
        throw notFound(text('被抽中的对象', 'drawn object'), '/object', input.object);
      }
      if (draw.state !== 'drawn') throw notDrawn(draw.state);
      const needsCode = input.verdict === 'nonconforming' || input.verdict === 'conforming-with-flaws';
      if (needsCode && input.codes.length === 0) throw invalid([codeMissing(input.verdict)]);
      const id = randomUUID();
      await insertFinding(tx, {
        id,
        regulatorId: organisation.id,
        drawId,
        object: input.object,
        verdict: input.verdict,
        codes: input.codes,
        note: input.note,
        state: 'entered',
        revision: 1,
        enteredBy: userId,
        enteredAt: tx.now,
      });
      await audit(tx, context, 'finding.enter', id, { draw: drawId, object: input.object, verdict: input.verdict });
      return { id, object: input.object, verdict: input.verdict, state: 'entered', revision: 1 };
    },
    {
      explain: (error) =>
        conflictingConstraint(error) === 'findings_draw_id_object_key' ? enteredBefore(input.object) : error,
    },
  );
}

/** A second person of the regulator confirms it. */
export async function confirmFinding(context: ServiceContext, id: string): Promise<FindingStep> {
  return transact(context, async (tx) => {
    const finding = await readFinding(tx, context, id, 'finding.confirm');
    if (finding.state !== 'entered')
      throw wrongStep(finding.state, text('已录入、待复核', 'entered and not confirmed'));
    const { userId } = actingOrganisation(context);
    await move(tx, finding, { state: 'confirmed', confirmedBy: userId, confirmedAt: tx.now });
    await audit(tx, context, 'finding.confirm', id);
    return step(finding, 'confirmed');
  });
}

/** Publishes a confirmed finding; it then stands on the pages of the declaration and of the enterprise, and in the log. */
export async function publishFinding(context: ServiceContext, id: string): Promise<FindingStep> {
  return transact(context, async (tx) => {
    const finding = await readFinding(tx, context, id, 'finding.publish');
    if (finding.state !== 'confirmed')
      throw wrongStep(finding.state, text('已复核、待公布', 'confirmed and not published'));
    const { userId } = actingOrganisation(context);
    const { drawId, object, verdict, codes, note } = finding;
    const document = canonicalJson({ v: 1, draw: drawId, object, verdict, codes, note });
    const doc = sha256Hex(document);
    await move(tx, finding, { state: 'published', publishedBy: userId, publishedAt: tx.now, documentSha256: doc });
    await addToLog(tx, { t: 'finding.published', id, rev: 1, draw: drawId, object, verdict, doc, at: logTime(tx.now) });
    await audit(tx, context, 'finding.publish', id, { doc });
    return step(finding, 'published');
  });
}

async function readFinding(
  tx: Transaction,
  context: ServiceContext,
  id: string,
  action: 'finding.confirm' | 'finding.publish',
): Promise<StoredFinding> {
  const finding = await findFinding(tx, id);
  authorise(context, action, finding ? { ownerId: finding.regulatorId, firstPersonId: finding.enteredBy } : {});
  if (!finding) throw notFound(text('检查结果', 'finding'), '#path/id', id);
  return finding;
}

async function move(
  tx: Transaction,
  finding: StoredFinding,
  changes: Parameters<typeof moveFinding>[2],
): Promise<void> {
  if (await moveFinding(tx, finding, changes)) return;
  throw wrongStep(finding.state, text('未被他人先行处理', 'not moved by someone else meanwhile'));
}

function step(finding: StoredFinding, state: FindingStep['state']): FindingStep {
  return { id: finding.id, object: finding.object, verdict: finding.verdict, state, revision: finding.revision + 1 };
}

function notDrawn(state: string): Refusal {
  return conflict(
    text('该抽取尚无结果，或已结束', 'the draw has no result yet, or has ended'),
    '#path/id',
    state,
    text('已抽取的批次', 'a draw that is drawn'),
    text('请在抽取完成后录入', 'enter findings after the draw'),
  );
}

function codeMissing(verdict: string) {
  return {
    at: '/codes',
    code: 'finding.code-missing',
    found: verdict,
    expected: text('至少一个问题代码', 'at least one finding code'),
    remedy: text('请选择发现的问题', 'choose what was found'),
  };
}

function enteredBefore(object: string): Refusal {
  return conflict(
    text('该对象已有检查结果', 'this object has its finding'),
    '/object',
    object,
    text('尚无结果的对象', 'an object without a finding'),
    text('请核对对象编号', 'check the object'),
  );
}

function wrongStep(state: string, expected: { zh: string; en: string }): Refusal {
  return conflict(
    text('检查结果不在这一步', 'the finding is not at this step'),
    '#path/id',
    state,
    expected,
    text('请刷新后再办理', 'reload and try again'),
  );
}
