import { text } from '../../domain/fault.ts';
import { findParty, listFiles, listTexts, readFile } from '../../store/objection-cases.ts';
import type { Transaction } from '../../store/database.ts';
import type { ServiceContext } from '../context.ts';
import { notFound } from '../refusal.ts';
import { transact } from '../transact.ts';
import { asObjector } from './as-objector.ts';
import { unknownObjection } from './load-case.ts';

/** What the parties and those who handle it see beyond the public: what was said, and the evidence. */
export async function readCase(context: ServiceContext, number: string, secret: string | null) {
  const acting = asObjector(context, secret);
  return transact({ ...context, idempotency: null }, (tx) => caseOf(tx, number), { acting });
}

async function caseOf(tx: Transaction, number: string) {
  const texts = await listTexts(tx.db, number);
  if (texts.length === 0) throw unknownObjection(number);
  const files = await listFiles(tx.db, number);
  const party = await findParty(tx.db, number);
  return {
    number,
    texts: texts.map(({ role, content, recommendation, writtenAt }) => ({
      role,
      content,
      recommendation,
      writtenAt: writtenAt.toISOString(),
    })),
    evidence: files.map(({ n, fileName, type, bytes, sha256 }) => ({ n, fileName, type, bytes, sha256 })),
    /** Only for who handles it, and who gave it. */
    contact: party?.contact ?? null,
  };
}

export async function readEvidence(context: ServiceContext, number: string, n: number, secret: string | null) {
  const acting = asObjector(context, secret);
  return transact(
    { ...context, idempotency: null },
    async (tx) => {
      const file = (await listFiles(tx.db, number)).find((one) => one.n === n);
      const bytes = file ? await readFile(tx.db, number, n) : null;
      if (!file || !bytes) throw notFound(text('证据材料', 'piece of evidence'), '#path/n', String(n));
      return { ...file, content: bytes };
    },
    { acting },
  );
}
