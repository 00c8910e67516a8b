import { sha256Hex } from '../../domain/bytes.ts';
import type { ForerunnerList } from '../../domain/forerunners/list.ts';
import { readForerunnerList, writeForerunnerList } from '../../domain/forerunners/list-text.ts';
import { logTime } from '../../domain/log/leaf.ts';
import type { Opened, Transaction } from '../../store/database.ts';
import { findForerunnerEdition, insertEdition } from '../../store/forerunner-editions.ts';
import { addToLog } from '../../store/log.ts';
import { actingOrganisation, type ServiceContext } from '../context.ts';

export interface PublishedForerunners {
  readonly list: string;
  readonly edition: number;
  readonly sha256: string;
}

/** The newest edition of a forerunner list, whole; null for the first. */
export async function newestEdition(
  db: Transaction['db'],
  listCode: string,
): Promise<{ readonly list: ForerunnerList; readonly sha256: string } | null> {
  const stored = await findForerunnerEdition(db, listCode, 'latest');
  return stored && { list: readForerunnerList(stored.document), sha256: stored.documentSha256 };
}

/** Writes an edition with its index of entries, and into the log; it never changes again. */
export async function storeEdition(
  tx: Opened,
  context: ServiceContext,
  list: ForerunnerList,
  holders: ReadonlyMap<string, string>,
  { roundId, bodyId }: { readonly roundId: string | null; readonly bodyId: string },
): Promise<PublishedForerunners> {
  const { organisation, userId } = actingOrganisation(context);
  const { head, entries, removed } = list;
  const document = writeForerunnerList(list);
  const sha256 = sha256Hex(document);
  await insertEdition(
    tx,
    {
      listCode: head.list,
      edition: head.edition,
      kind: head.kind,
      roundId,
      category: head.category,
      bodyId,
      document,
      documentSha256: sha256,
      validUntil: head.validUntil,
      publisherId: organisation.id,
      publishedBy: userId,
    },
    [...entries.map((one) => [one, false] as const), ...removed.map((one) => [one, true] as const)].map(
      ([{ declaration, validUntil }, isRemoved]) => ({
        declarationId: declaration,
        organisationId: holders.get(declaration) ?? '',
        removed: isRemoved,
        validUntil,
      }),
    ),
  );
  const entry = { t: 'forerunner.published', id: head.list, rev: head.edition } as const;
  await addToLog(tx, { ...entry, body: organisation.creditCode, doc: sha256, at: logTime(tx.now) });
  return { list: head.list, edition: head.edition, sha256 };
}
