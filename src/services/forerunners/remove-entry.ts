import { dayInBeijing } from '../../domain/calendar/day.ts';
import { type Fault, fault, text } from '../../domain/fault.ts';
import type { Removal } from '../../domain/forerunners/input.ts';
import { editionOfRemoval } from '../../domain/forerunners/list.ts';
import { lockName, type Opened } from '../../store/database.ts';
import { findForerunnerEdition, holdersOf } from '../../store/forerunner-editions.ts';
import { findObjection, markExecuted } from '../../store/objections.ts';
import { audit } from '../audit.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { invalid, notFound } from '../refusal.ts';
import { transact } from '../transact.ts';
import { newestEdition, type PublishedForerunners, storeEdition } from './store-edition.ts';

/** The body takes an entry off its list, as a new edition in which the row stays, struck through, with cause and evidence. */
export async function removeEntry(
  context: ServiceContext,
  list: string,
  input: Removal,
): Promise<PublishedForerunners> {
  return transact(context, async (tx) => {
    await lockName(tx, `forerunner list ${list}`);
    const newest = await findForerunnerEdition(tx.db, list, 'latest');
    authorise(context, 'forerunner.remove', newest ? { ownerId: newest.bodyId } : {});
    const earlier = await newestEdition(tx.db, list);
    if (!newest || !earlier) throw unknownList(list);
    const { organisation } = actingOrganisation(context);
    const { declaration, cause, evidence, note } = input;
    const by = { cause, evidence, note, by: organisation.creditCode, on: dayInBeijing(tx.now) };
    const removed = editionOfRemoval(earlier, declaration, by);
    if (!removed) throw notFound(text('名单上的条目', 'entry on the list'), '/declaration', declaration);
    const faults = await checkEvidence(tx, input);
    if (faults.length > 0) throw invalid(faults);
    const holders = await holdersOf(tx.db, list, newest.edition);
    const published = await storeEdition(tx, context, removed, holders, { roundId: null, bodyId: newest.bodyId });
    if (cause === 'objection') await markExecuted(tx, evidence, published);
    await audit(tx, context, 'forerunner.remove', `${list}/${published.edition}`, { declaration, cause, evidence });
    return published;
  });
}

export function unknownList(list: string) {
  return notFound(text('领跑者名单', 'forerunner list'), '#path/code', list);
}

/** Of an objection: one about this declaration that was decided to take it out. */
async function checkEvidence(tx: Opened, { cause, evidence, declaration }: Removal): Promise<readonly Fault[]> {
  if (cause !== 'objection') return [];
  const found = await findObjection(tx.db, evidence);
  if (found?.effect === 'exclude-row' && found.declarationId === declaration) return [];
  const expected = text(
    '已决定移出该声明的异议编号',
    'the number of an objection decided to take this declaration out',
  );
  return [
    fault('/evidence', 'forerunner.removal-evidence', evidence, expected, text('请核对异议编号', 'check the number')),
  ];
}
