import { text } from '../../domain/fault.ts';
import type { Actor } from '../../domain/access/actor.ts';
import { organisationOf } from '../../domain/access/actor.ts';
import { type Database, publicRead, transaction } from '../../store/database.ts';
import { listFindings } from '../../store/findings.ts';
import { findLogEntry } from '../../store/log.ts';
import { findOrganisation } from '../../store/organisations.ts';
import {
  countVoidBefore,
  type DrawFile,
  findDraw,
  listDrawFiles,
  listDrawnObjects,
  listDraws as list,
  readDrawFile as readFile,
} from '../../store/spot-checks.ts';
import { notFound } from '../refusal.ts';

export function listDraws(database: Database) {
  return publicRead(database, (db) => list(db));
}

/** A draw with its files, its drawn objects, and those findings that the reader may see. */
export async function readDraw(database: Database, actor: Actor, id: string) {
  const draw = await publicRead(database, (db) => findDraw(db, id));
  if (!draw) throw notFound(text('抽取', 'draw'), '#path/id', id);
  return transaction(database, { organisationId: organisationOf(actor), owner: '' }, async (tx) => ({
    draw,
    regulator: await findOrganisation(tx.db, draw.regulatorId),
    files: await listDrawFiles(tx.db, id),
    objects: await listDrawnObjects(tx.db, id),
    findings: await listFindings(tx.db, id),
    logged: {
      plan: await findLogEntry(tx.db, 'draw.plan', id, 1),
      seed: await findLogEntry(tx.db, 'draw.seed', id, 1),
      result: await findLogEntry(tx.db, 'draw.result', id, 1),
    },
    voidBefore: await countVoidBefore(tx.db, draw),
  }));
}
export type ReadDraw = Awaited<ReturnType<typeof readDraw>>;

export async function readDrawFile(database: Database, id: string, name: string, n?: number): Promise<DrawFile> {
  const file = await publicRead(database, (db) => readFile(db, id, name, n));
  if (!file) throw notFound(text('抽取文件', 'file of a draw'), '#path/name', name);
  return file;
}
