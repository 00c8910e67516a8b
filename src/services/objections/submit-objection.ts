import { randomBytes } from 'node:crypto';
import { sha256Hex } from '../../domain/bytes.ts';
import { workingDaysAfter } from '../../domain/calendar/calendar.ts';
import { dayInBeijing } from '../../domain/calendar/day.ts';
import { canonicalJson } from '../../domain/canonical.ts';
import { text } from '../../domain/fault.ts';
import type { NewObjection } from '../../domain/objections/input.ts';
import { objectKey } from '../../domain/objections/object.ts';
import { TERMS } from '../../domain/objections/vocabulary.ts';
import { insertParty, insertText } from '../../store/objection-cases.ts';
import { insertObjection } from '../../store/objections.ts';
import { audit } from '../audit.ts';
import { loadCalendar } from '../calendar/load-calendar.ts';
import { authorise, type ServiceContext } from '../context.ts';
import { conflict, invalid, notFound } from '../refusal.ts';
import { transact } from '../transact.ts';
import { checkEvidence, keepEvidence, type SentEvidence } from './evidence.ts';
import { findObjected } from './object.ts';

export interface ObjectionReceipt {
  readonly number: string;
  /** With it, who objects looks at the case and adds evidence; shown once, and null in the answer to a repeat. */
  readonly secret: string | null;
  readonly acceptBy: { readonly day: string; readonly provisional: boolean };
}

/** Anyone objects to a list, a row of it, a scheme or a draw; an enterprise that is logged in does so in its name. */
export async function submitObjection(
  context: ServiceContext,
  input: NewObjection,
  evidence: readonly SentEvidence[] = [],
): Promise<ObjectionReceipt> {
  authorise(context, 'objection.submit');
  const faults = checkEvidence(evidence);
  if (faults.length > 0) throw invalid(faults);
  const { actor } = context;
  const known = actor.kind === 'member' || actor.kind === 'key' ? actor : null;
  const secret = randomBytes(12).toString('hex');
  return transact(
    context,
    async (tx): Promise<ObjectionReceipt> => {
      const { object } = input;
      const found = await findObjected(tx.db, object);
      if (!found) throw notFound(text('异议对象', 'thing to object to'), '/object', objectKey(object));
      const today = dayInBeijing(tx.now);
      if (found.until !== null && today > found.until) throw tooLate(found.until);
      const number = `YY-${today.slice(0, 4)}-${String(tx.number).padStart(6, '0')}`;
      await insertObjection(tx, {
        number,
        objectKey: objectKey(object),
        objectKind: object.kind,
        object: canonicalJson({ ...object }),
        listCode: 'list' in object ? object.list : null,
        declarationId: 'declaration' in object ? object.declaration : null,
        category: found.category,
        kind: input.kind,
        handlerId: found.handlerId,
        // Of an objection to one's own row, the other side is whoever made the list.
        aboutId: found.aboutId === null || found.aboutId === known?.organisation.id ? found.handlerId : found.aboutId,
      });
      const objectorId = known?.organisation.id ?? null;
      const objectorUser = known?.userId ?? null;
      const secretSha256 = sha256Hex(secret);
      await insertParty(tx, { number, objectorId, objectorUser, contact: input.contact, secretSha256 });
      const written = { organisationId: objectorId, writtenBy: objectorUser, content: input.statement };
      await insertText(tx, { number, role: 'statement', ...written });
      const files = await keepEvidence(tx, number, evidence);
      await audit(tx, context, 'objection.submit', number, { object: objectKey(object), kind: input.kind, files });
      const acceptBy = workingDaysAfter(today, TERMS.acceptance, await loadCalendar(tx.db));
      return { number, secret, acceptBy };
    },
    { sequence: 'objection_numbers', remember: (receipt) => ({ ...receipt, secret: null }) },
  );
}

function tooLate(until: string) {
  return conflict(
    text('异议期已过', 'the objection period is over'),
    '/object',
    until,
    text(`${until} 及以前提出的异议`, `objections up to ${until}`),
    text(
      '请在下一期的异议期内提出，或向监管部门举报',
      'object to the next edition in its period, or report it to the regulator',
    ),
  );
}
