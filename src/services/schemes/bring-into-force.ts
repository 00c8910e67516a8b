import { addDays } from '../../domain/calendar/day.ts';
import { fault, text } from '../../domain/fault.ts';
import { logTime } from '../../domain/log/leaf.ts';
import { objectKey } from '../../domain/objections/object.ts';
import { entryDay, schemeState } from '../../domain/schemes/life.ts';
import type { Scheme } from '../../domain/schemes/scheme.ts';
import type { Opened } from '../../store/database.ts';
import { addToLog } from '../../store/log.ts';
import { openObjectionsOf } from '../../store/objections.ts';
import { insertStage, stagesOf } from '../../store/scheme-stages.ts';
import { findSchemeVersion } from '../../store/schemes.ts';
import { audit } from '../audit.ts';
import { accreditedFor } from '../comparisons/accredited.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { conflict, invalid, Refusal } from '../refusal.ts';
import { transact } from '../transact.ts';
import { checkProposal } from './check-proposal.ts';
import { type HeldScheme, holdScheme, schemeNotFound, wrongState } from './scheme-state.ts';

export interface SchemeInForce {
  readonly code: string;
  readonly version: number;
  readonly sha256: string;
  /** The day from which it is in force; the version before ends with it. */
  readonly inForceFrom: string;
}

/**
 * Another person than who proposed it brings a version into force, once its objection period is over and every accepted
 * objection to it is decided.
 */
export async function bringIntoForce(context: ServiceContext, code: string, version: number): Promise<SchemeInForce> {
  return transact(context, async (tx) => {
    const held = await holdScheme(tx, code, version);
    authorise(context, 'scheme.bring-into-force', {
      ...(await accreditedFor(tx, context, held?.stored.category ?? '')),
      ...(held ? { ownerId: held.stored.bodyId } : {}),
      ...(held?.proposedBy ? { firstPersonId: held.proposedBy } : {}),
    });
    const { organisation, userId } = actingOrganisation(context);
    if (!held) throw schemeNotFound(code, version);
    if (held.state === 'objection') throw tooEarly(held);
    if (held.state !== 'objections-over') throw wrongState(held.state, ['objections-over']);
    const open = await openObjectionsOf(tx.db, objectKey({ kind: 'scheme', scheme: code, version }));
    if (open.length > 0) throw objectedTo(open.map(({ number }) => number));
    const faults = await checkProposal(tx, held.scheme, held.today);
    if (faults.length > 0) throw invalid(faults);
    const from = entryDay(held.today, held.scheme.validFrom);
    await insertStage(tx, { code, version, stage: 'in-force', effectiveOn: from, doneBy: userId });
    await retireEarlier(tx, held, from, userId);
    const sha256 = held.stored.documentSha256;
    await addToLog(tx, {
      t: 'scheme.published',
      id: code,
      rev: version,
      body: organisation.creditCode,
      doc: sha256,
      at: logTime(tx.now),
    });
    await audit(tx, context, 'scheme.bring-into-force', `${code}/${version}`, { sha256, from });
    return { code, version, sha256, inForceFrom: from };
  });
}

/** Whatever is in force, or would be, of the same code ends on the day on which this version begins. */
async function retireEarlier(tx: Opened, held: HeldScheme, from: string, doneBy: string): Promise<void> {
  const { code, version } = held.stored;
  for (let earlier = version - 1; earlier >= 1; earlier--) {
    const found = await findSchemeVersion(tx.db, code, earlier);
    if (!found) continue;
    const { validTo } = JSON.parse(found.document) as Scheme;
    const state = schemeState(await stagesOf(tx.db, code, [earlier]), from, validTo);
    if (state !== 'in-force' && state !== 'upcoming') continue;
    const reason = `由第 ${version} 版替代 replaced by version ${version}`;
    await insertStage(tx, { code, version: earlier, stage: 'retired', effectiveOn: from, reason, doneBy });
  }
}

function objectedTo(numbers: readonly string[]): Refusal {
  return conflict(
    text('有异议尚未决定', 'an objection is undecided'),
    '#path/version',
    numbers.join(', '),
    text('已受理的异议全部作出决定', 'every accepted objection decided'),
    text('请先对异议作出决定', 'decide the objections first'),
  );
}

function tooEarly({ stages, today }: HeldScheme): Refusal {
  const until = stages.at(-1)?.objectionsUntil ?? '';
  const from = addDays(until, 1);
  const seconds = Math.max(1, (Date.parse(from) - Date.parse(today)) / 1000);
  const expected = text(`${until} 之后`, `after ${until}`);
  const remedy = text('请在公示期满后办理', 'do it when the objection period is over');
  return new Refusal(
    'too-early',
    text('公示期未满', 'the objection period is not over'),
    [fault('#path/version', 'scheme.too-early', today, expected, remedy)],
    seconds,
  );
}
