import { organisationOf, type Actor } from '../../domain/access/actor.ts';
import { fault, text } from '../../domain/fault.ts';
import { type Database, publicRead, transaction } from '../../store/database.ts';
import { findText, findTextPart, type StandardText } from '../../store/texts.ts';
import { findOrderOn, type WithholdingOrder } from '../../store/withholding-orders.ts';
import { notFound, Refusal } from '../refusal.ts';
import { WithholdingNotice } from './notice.ts';

export interface ReadableText {
  readonly text: StandardText;
  /** Its bytes, a part at a time. */
  readonly parts: AsyncIterable<Uint8Array>;
}

/** A text that a published declaration names, or an own one. Refused: one that an order withholds, with the order's notice. */
export async function readText(database: Database, actor: Actor, sha256: string): Promise<ReadableText> {
  const acting = { organisationId: organisationOf(actor), owner: '' };
  const [found, order] = await transaction(database, acting, async (tx) => [
    await findText(tx.db, sha256),
    await findOrderOn(tx.db, sha256),
  ]);
  if (!found) throw notFound(text('标准文本', 'standard text'), '#path/sha256', sha256);
  if (order) throw withheld(order);
  return { text: found, parts: partsOf(database, acting, found) };
}

async function* partsOf(
  database: Database,
  acting: Parameters<typeof transaction>[1],
  { sha256, bytes }: StandardText,
): AsyncGenerator<Uint8Array> {
  let sent = 0;
  for (let n = 0; sent < bytes; n++) {
    const part = await transaction(database, acting, (tx) => findTextPart(tx.db, sha256, n));
    // Withheld meanwhile: the answer is cut off, which its length shows.
    if (!part) throw new Error(`text ${sha256} ends at ${sent} of ${bytes}`);
    sent += part.length;
    yield part;
  }
}

/** The notice of the order that withholds a text: reason, article, authority and date, as the log holds its hash. */
export async function readNotice(database: Database, sha256: string) {
  const order = await publicRead(database, (db) => findOrderOn(db, sha256));
  if (!order?.notice || !order.noticeSha256)
    throw notFound(text('停止公开的决定', 'withholding order'), '#path/sha256', sha256);
  return { notice: order.notice, sha256: order.noticeSha256 };
}

function withheld({ sha256, notice }: WithholdingOrder): Refusal {
  const { reason, article, authority, at } = WithholdingNotice.parse(JSON.parse(notice ?? ''));
  return new Refusal('withheld', text('该文本已停止公开', 'the text is withheld'), [
    fault(
      '#path/sha256',
      'withheld',
      sha256,
      text(
        `${authority.name} 于 ${at} 依据${article}决定停止公开：${reason}`,
        `withheld by ${authority.name} on ${at} by ${article}: ${reason}`,
      ),
      text(
        `决定全文见 GET /api/v1/standard-texts/${sha256}/notice`,
        `the order: GET /api/v1/standard-texts/${sha256}/notice`,
      ),
    ),
  ]);
}
