import { sha256Hex } from '../../domain/bytes.ts';
import { logTime } from '../../domain/log/leaf.ts';
import { redraw } from '../../domain/spot-checks/redraw.ts';
import { jobKey } from '../../jobs/jobs.ts';
import { type Database, publicRead, transaction } from '../../store/database.ts';
import { addToLog } from '../../store/log.ts';
import { finishJob } from '../../store/outbox.ts';
import {
  findDraw,
  insertDrawFiles,
  insertDrawnObjects,
  lockDraw,
  readDrawFiles,
  updateDraw,
} from '../../store/spot-checks.ts';
import { audit } from '../audit.ts';
import { drawFile } from './files.ts';

const EMPTY = sha256Hex('');

/**
 * Runs a seeded draw from its published files, by the same function as `lingpao redraw`, and publishes the result. Done
 * again, or by two workers, it leaves one result.
 */
export async function drawSample(database: Database, id: string): Promise<void> {
  const draw = await publicRead(database, (db) => findDraw(db, id));
  if (!draw) throw new Error(`no draw ${id}`);
  const files = await publicRead(database, (db) => readDrawFiles(db, id));
  const drawn = redraw(new Map(files.map((file) => [file.name, file.content])));
  if (!drawn.ok) throw new Error(`the files of ${id} cannot be drawn: ${JSON.stringify(drawn.problem)}`);
  const { result, seed, targets } = drawn.value;
  const key = jobKey('draw-sample', id);
  await transaction(database, { organisationId: draw.regulatorId, owner: 'worker' }, async (tx) => {
    const locked = await lockDraw(tx, id);
    if (locked?.state === 'seeded') {
      await insertDrawFiles(tx, id, [drawFile('result.tsv', result)]);
      await insertDrawnObjects(
        tx,
        id,
        targets.map(({ id: object, stratum, rank, inspectors }) => ({
          object,
          stratum,
          rank,
          inspectors: [...inspectors],
        })),
      );
      await updateDraw(tx, id, { state: 'drawn', drawnAt: tx.now });
      await addToLog(tx, {
        t: 'draw.result',
        id,
        rev: 1,
        draw: id,
        n: 1,
        plan: draw.planSha256,
        seed,
        exclude: EMPTY,
        recuse: EMPTY,
        result: sha256Hex(result),
        at: logTime(tx.now),
      });
      const actor = { kind: 'worker', organisationId: draw.regulatorId } as const;
      await audit(tx, { database, actor, requestId: null, idempotency: null }, 'draw.sample', id, {
        result: sha256Hex(result),
      });
    }
    await finishJob(tx, key);
  });
}
