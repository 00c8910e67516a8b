import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { sha256Hex } from '../../domain/bytes.ts';
import { CATEGORY } from '../../domain/declarations/content.ts';
import { SIGNER_CAPACITIES } from '../../domain/declarations/commitment.ts';
import { fault, text } from '../../domain/fault.ts';
import { EncodingWatch, type Encoding } from '../../formats/encoding.ts';
import { FORMATS, type Format, LIMITS } from '../../formats/limits.ts';
import { FileRefusal, tooMany } from '../../formats/refusal.ts';
import { sniff } from '../../formats/sniff.ts';
import { jobKey } from '../../jobs/jobs.ts';
import { lockName, transaction } from '../../store/database.ts';
import {
  completeImport,
  countOpenImports,
  deleteImport,
  findImport,
  findSameImport,
  insertFilePart,
  insertImport,
  type StoredImport,
} from '../../store/imports.ts';
import { addToOutbox } from '../../store/outbox.ts';
import { audit } from '../audit.ts';
import { actingAs, actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { invalid, Refusal } from '../refusal.ts';
import { transact } from '../transact.ts';
import { actorColumns } from './acting.ts';

/** What is said of a file beside its bytes. */
export const SentFile = z.strictObject({
  format: z.enum(FORMATS),
  fileName: z.string().trim().min(1).max(200),
  /** For rows that name none themselves. */
  category: z.string().regex(CATEGORY).max(50).nullable(),
  signer: z.string().trim().min(1).max(100).nullable(),
  capacity: z.enum(SIGNER_CAPACITIES).nullable(),
});
export type SentFile = z.infer<typeof SentFile>;

export interface ReceivedFile {
  readonly id: string;
  /** The same file was sent before: this is its import, and nothing was begun anew. */
  readonly existing: boolean;
}

/** No file of any format is larger. */
export const MOST_FILE_BYTES = LIMITS.textBytes;

const PART = 256 * 1024;
/** Of one enterprise at a time. */
const MOST_RECEIVING = 3;
const MOST_OPEN = 20;

/**
 * Takes a file in as it comes, part by part, and has it checked in the background. What is no such file, or too large, is
 * refused as soon as that shows, and nothing of it is kept. The key of the request, if any, is bound to the file's bytes.
 */
export async function receiveFile(
  context: ServiceContext,
  sent: SentFile,
  body: AsyncIterable<Uint8Array>,
  key: string | null,
): Promise<ReceivedFile> {
  authorise(context, 'import.send');
  const id = await begin(context, sent);
  try {
    const file = await takeIn(context, id, sent.format, body);
    return await complete(context, id, sent, file, key);
  } catch (error) {
    await transaction(context.database, actingAs(context), (tx) => deleteImport(tx, id)).catch(() => undefined);
    throw error instanceof FileRefusal ? invalid(error.faults) : error;
  }
}

async function begin(context: ServiceContext, sent: SentFile): Promise<string> {
  const { organisation } = actingOrganisation(context);
  const { userId, keyId, mandateId, role } = actorColumns(context.actor);
  const id = `imp-${randomBytes(10).toString('hex')}`;
  await transaction(context.database, actingAs(context), async (tx) => {
    await lockName(tx, `imports ${organisation.id}`);
    const { receiving, open } = await countOpenImports(tx);
    if (receiving >= MOST_RECEIVING || open >= MOST_OPEN) throw tooManyAtOnce(receiving, open);
    const { format, fileName, category, signer, capacity } = sent;
    const by = { sentBy: userId, sentKey: keyId, sentMandate: mandateId, sentRole: role };
    await insertImport(tx, {
      id,
      organisationId: organisation.id,
      format,
      fileName,
      category,
      signer,
      capacity,
      ...by,
    });
  });
  return id;
}

interface TakenIn extends Pick<StoredImport, 'bytes' | 'lines'> {
  readonly encoding: Encoding;
  readonly sha256: string;
}

async function takeIn(
  context: ServiceContext,
  id: string,
  format: Format,
  body: AsyncIterable<Uint8Array>,
): Promise<TakenIn> {
  const { organisation } = actingOrganisation(context);
  const most = format === 'xlsx' ? LIMITS.workbookBytes : LIMITS.textBytes;
  const hash = createHash('sha256');
  const watch = format === 'xlsx' ? null : new EncodingWatch();
  let bytes = 0;
  let lines = 0;
  let part = 0;
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  const keep = async () => {
    const content = Buffer.concat(waiting);
    if (part === 0) {
      const refused = sniff(content, format);
      if (refused) throw refused;
    }
    waiting = [];
    waitingBytes = 0;
    for (let at = 0; at < content.length; at += PART, part++) {
      const piece = content.subarray(at, at + PART);
      await transaction(context.database, actingAs(context), (tx) =>
        insertFilePart(tx, id, organisation.id, part, piece),
      );
    }
  };
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > most) throw tooMany('file.too-large', '', `> ${most}`, most, text('字节', 'bytes'));
    hash.update(chunk);
    watch?.see(chunk);
    if (watch) lines += countLines(chunk);
    waiting.push(chunk);
    waitingBytes += chunk.length;
    if (waitingBytes >= PART) await keep();
  }
  await keep();
  const encoding = watch?.end() ?? 'utf-8';
  if (encoding instanceof FileRefusal) throw encoding;
  return { bytes, lines, encoding, sha256: hash.digest('hex') };
}

function countLines(chunk: Uint8Array): number {
  let count = 0;
  for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) count += 1;
  return count;
}

async function complete(
  context: ServiceContext,
  id: string,
  sent: SentFile,
  file: TakenIn,
  key: string | null,
): Promise<ReceivedFile> {
  const { format, category, signer, capacity } = sent;
  const identity = sha256Hex(JSON.stringify([file.sha256, format, category, signer, capacity]));
  const idempotency = key === null ? null : { key, fingerprint: sha256Hex(`import\n${identity}`) };
  const received = await transact({ ...context, idempotency }, async (tx): Promise<ReceivedFile> => {
    await lockName(tx, `import ${identity}`);
    const same = await findSameImport(tx, identity);
    if (same) {
      await deleteImport(tx, id);
      return { id: same.id, existing: true };
    }
    if (!(await findImport(tx, id))) throw new Error(`import ${id} was forgotten while it was received`);
    await completeImport(tx, id, { ...file, identity });
    const { organisation } = actingOrganisation(context);
    await addToOutbox(tx, {
      jobKey: jobKey('check-import', id),
      kind: 'check-import',
      data: { import: id, organisation: organisation.id },
    });
    await audit(tx, context, 'import.send', id, { sha256: file.sha256, bytes: file.bytes, format });
    return { id, existing: false };
  });
  // A repeated request is answered with the import of the first one; what it sent again is not kept.
  if (received.id !== id) await transaction(context.database, actingAs(context), (tx) => deleteImport(tx, id));
  return received;
}

function tooManyAtOnce(receiving: number, open: number): Refusal {
  return new Refusal(
    'too-many',
    text('进行中的导入过多', 'too many imports at once'),
    [
      fault(
        '',
        'imports.open',
        `${receiving} / ${open}`,
        text(
          `同时上传至多 ${MOST_RECEIVING} 个，未完成的至多 ${MOST_OPEN} 个`,
          `at most ${MOST_RECEIVING} uploads at once, and ${MOST_OPEN} imports that wait for their end`,
        ),
        text('请先完成或取消已有的导入', 'finish or cancel the ones there are'),
      ),
    ],
    60,
  );
}
