import { dayInBeijing } from '../../domain/calendar/day.ts';
import { text } from '../../domain/fault.ts';
import { readForerunnerList } from '../../domain/forerunners/list-text.ts';
import { marksOf } from '../../domain/forerunners/marks.ts';
import type { Scheme } from '../../domain/schemes/scheme.ts';
import { type Database, publicRead } from '../../store/database.ts';
import {
  entriesOfEnterprise,
  findForerunnerEdition,
  forerunnerEditionsOf,
  listForerunnerEditions,
} from '../../store/forerunner-editions.ts';
import { openObjectionsOf } from '../../store/objections.ts';
import { findOrganisation } from '../../store/organisations.ts';
import { readRegister } from '../../store/register.ts';
import { findSchemeVersion } from '../../store/schemes.ts';
import { notFound } from '../refusal.ts';
import { entriesToday } from './entries-today.ts';

/** The newest edition of every forerunner list. */
export async function listForerunners(database: Database) {
  return publicRead(database, async (db) => {
    const lists = [];
    for (const { edition, body } of await listForerunnerEditions(db)) {
      const { head } = readForerunnerList(edition.document);
      const scheme = await findSchemeVersion(db, head.scheme.code, head.scheme.version);
      lists.push({
        list: edition.listCode,
        edition: edition.edition,
        title: titleOf(scheme?.document, edition.listCode),
        category: edition.category,
        body,
        entries: head.entries,
        validUntil: edition.validUntil,
        sha256: edition.documentSha256,
        publishedAt: edition.publishedAt.toISOString(),
      });
    }
    return lists;
  });
}

/** An edition, with what became of its entries since; its bytes never change. */
export async function readForerunners(database: Database, listCode: string, number: number | 'latest') {
  const today = dayInBeijing((await readRegister(database)).now);
  return publicRead(database, async (db) => {
    const stored = await findForerunnerEdition(db, listCode, number);
    if (!stored) throw unknownEdition(`${listCode}/${number}`);
    const editions = await forerunnerEditionsOf(db, listCode);
    const list = readForerunnerList(stored.document);
    const { code, version } = list.head.scheme;
    const now = await entriesToday(db, listCode, list.entries, today);
    const disputes = await openObjectionsOf(db, `forerunner/${listCode}`);
    return {
      list: listCode,
      edition: stored.edition,
      newest: editions[0]?.edition ?? stored.edition,
      today,
      title: titleOf((await findSchemeVersion(db, code, version))?.document, listCode),
      body: (await findOrganisation(db, stored.bodyId))?.name ?? '',
      publisher: (await findOrganisation(db, stored.publisherId))?.name ?? '',
      sha256: stored.documentSha256,
      publishedAt: stored.publishedAt.toISOString(),
      head: list.head,
      entries: list.entries.map((entry) => {
        const known = now.get(entry.declaration);
        return {
          ...entry,
          marks: known ? marksOf(entry, today, known) : [],
          disputes: disputes.flatMap((one) => (one.declarationId === entry.declaration ? [one.number] : [])),
        };
      }),
      removed: list.removed,
      leftOut: list.leftOut,
      editions: editions.map(({ publishedAt, ...one }) => ({ ...one, publishedAt: publishedAt.toISOString() })),
    };
  });
}

/** The exact bytes of an edition, whose SHA-256 the log holds. */
export async function readForerunnerFile(database: Database, listCode: string, number: number) {
  const stored = await publicRead(database, (db) => findForerunnerEdition(db, listCode, number));
  if (!stored) throw unknownEdition(`${listCode}/${number}`);
  return { document: stored.document, sha256: stored.documentSha256 };
}

/** Where an enterprise stands on forerunner lists. */
export async function readEnterpriseForerunners(database: Database, organisationId: string) {
  const today = dayInBeijing((await readRegister(database)).now);
  return { today, entries: await publicRead(database, (db) => entriesOfEnterprise(db, organisationId)) };
}

function unknownEdition(found: string) {
  return notFound(text('领跑者名单', 'forerunner list'), '#path/edition', found);
}

function titleOf(document: string | undefined, otherwise: string): Scheme['title'] {
  return document === undefined ? { zh: otherwise, en: otherwise } : (JSON.parse(document) as Scheme).title;
}
