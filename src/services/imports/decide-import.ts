import { z } from 'zod';
import { text } from '../../domain/fault.ts';
import { jobKey } from '../../jobs/jobs.ts';
import { countWaitingRows } from '../../store/import-findings.ts';
import { cancelImport as cancel, deleteFile, hasFile, lockImport, startImporting } from '../../store/imports.ts';
import { addToOutbox, finishJob } from '../../store/outbox.ts';
import { audit } from '../audit.ts';
import { authorise, type ServiceContext } from '../context.ts';
import { conflict, notFound } from '../refusal.ts';
import { transact } from '../transact.ts';
import { actorColumns } from './acting.ts';

export const ImportDecision = z
  .strictObject({
    /** How many rows go in, as the person saw it; another number by now is a conflict. */
    rows: z.int().min(1),
    /** Leaves the warnings of these codes as they are, in every row; public in each declaration with person and reason. */
    waive: z
      .strictObject({
        codes: z
          .array(z.string().regex(/^[a-z0-9.-]{1,60}$/u))
          .min(1)
          .max(50),
        person: z.string().trim().min(1).max(100),
        reason: z.string().trim().min(1).max(500),
      })
      .optional(),
  })
  .meta({ id: 'ImportDecision' });
export type ImportDecision = z.infer<typeof ImportDecision>;

export interface DecidedImport {
  readonly id: string;
  readonly state: 'importing';
  readonly rows: number;
}

/** A person chooses to declare the rows without faults; the others stay out. A worker does it. */
export async function decideImport(
  context: ServiceContext,
  id: string,
  { rows, waive }: ImportDecision,
): Promise<DecidedImport> {
  authorise(context, 'import.decide');
  const { userId, keyId, mandateId, role } = actorColumns(context.actor);
  return transact(context, async (tx) => {
    const given = await lockImport(tx, id);
    if (!given || given.state === 'receiving') throw missing(id);
    if (given.state !== 'checked' && given.state !== 'imported') throw notNow(given.state);
    if (!(await hasFile(tx, id))) throw fileGone(given.fileName);
    const codes = waive?.codes ?? [];
    const waiting = await countWaitingRows(tx, id, codes);
    if (waiting !== rows || waiting === 0) {
      throw conflict(
        text('可导入的行数已变', 'the number of rows that can go in is another'),
        '/rows',
        String(rows),
        text(`${waiting} 行`, `${waiting} rows`),
        text('请重新查看结果后再决定', 'look at the result again before you decide'),
      );
    }
    const decision = given.decision + 1;
    await startImporting(tx, id, {
      decision,
      decidedBy: userId,
      decidedKey: keyId,
      decidedMandate: mandateId,
      decidedRole: role,
      waivedCodes: [...codes],
      waivedReason: waive?.reason ?? null,
      waivedBy: waive?.person ?? null,
      toImport: waiting,
    });
    await addToOutbox(tx, {
      jobKey: jobKey('import-rows', `${id}.${decision}`),
      kind: 'import-rows',
      data: { import: id, organisation: given.organisationId, decision },
    });
    await audit(tx, context, 'import.decide', id, { decision, rows, ...(waive ? { waived: codes } : {}) });
    return { id, state: 'importing', rows };
  });
}

/** Gives an import up; its file is deleted. Rows that were declared by then stay declared. */
export async function cancelImport(context: ServiceContext, id: string): Promise<void> {
  authorise(context, 'import.cancel');
  await transact(context, async (tx) => {
    const given = await lockImport(tx, id);
    if (!given || given.state === 'receiving') throw missing(id);
    if (given.state === 'cancelled') return;
    if (!['checking', 'checked', 'importing'].includes(given.state)) throw notNow(given.state);
    await cancel(tx, id);
    await deleteFile(tx, id);
    if (given.state === 'checking') await finishJob(tx, jobKey('check-import', id));
    if (given.state === 'importing') await finishJob(tx, jobKey('import-rows', `${id}.${given.decision}`));
    await audit(tx, context, 'import.cancel', id, { imported: given.imported });
  });
}

function missing(id: string) {
  return notFound(text('导入任务', 'import'), '#path/id', id);
}

function fileGone(fileName: string) {
  return conflict(
    text('文件已按期删除', 'the file was deleted when its time was over'),
    '',
    fileName,
    text('结束后七天以内的导入', 'an import that ended less than seven days ago'),
    text('请重新上传；已公开的行不会重复', 'send the file again; what is declared is not declared twice'),
  );
}

function notNow(state: string) {
  return conflict(
    text('当前状态下不能办理', 'not possible in its present state'),
    '',
    state,
    text('校验完成、尚未结束的导入', 'an import that is checked and not ended'),
    text('请重新查看该导入', 'look at the import again'),
  );
}
