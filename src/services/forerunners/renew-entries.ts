import { text, fault, type Fault } from '../../domain/fault.ts';
import type { Renewal } from '../../domain/forerunners/input.ts';
import type { ListHead } from '../../domain/rankings/list.ts';
import { lockName } from '../../store/database.ts';
import { findForerunnerEdition } from '../../store/forerunner-editions.ts';
import { findEdition } from '../../store/ranking-lists.ts';
import { accreditedFor } from '../comparisons/accredited.ts';
import { authorise, type ServiceContext } from '../context.ts';
import { invalid } from '../refusal.ts';
import { transact } from '../transact.ts';
import { mustNotRun, type OpenedRound, storeRound } from './open-round.ts';
import { unknownList } from './remove-entry.ts';
import { newestEdition } from './store-edition.ts';

/**
 * Opens a round for entries that are to stay beyond their day: they confirm again, with a new report, and go through checks
 * and objection period as before. What is listed again keeps the edition since which it stands.
 */
export async function renewEntries(context: ServiceContext, list: string, input: Renewal): Promise<OpenedRound> {
  return transact(
    context,
    async (tx) => {
      await lockName(tx, `forerunner list ${list}`);
      const newest = await findForerunnerEdition(tx.db, list, 'latest');
      const scope = await accreditedFor(tx, context, newest?.category ?? '');
      authorise(context, 'forerunner.renew', newest ? { ...scope, ownerId: newest.bodyId } : {});
      const earlier = await newestEdition(tx.db, list);
      if (!newest || !earlier) throw unknownList(list);
      await mustNotRun(tx, list);
      const standing = new Map(earlier.list.entries.map((entry) => [entry.declaration, entry]));
      const faults = input.declarations.flatMap((declaration, i): Fault[] => {
        if (standing.has(declaration) && input.declarations.indexOf(declaration) === i) return [];
        const expected = text('最新一期名单上的条目，只写一次', 'an entry of the newest edition, once');
        const remedy = text('请核对声明编号', 'check the number of the declaration');
        return [fault(`/declarations/${i}`, 'forerunner.not-listed', declaration, expected, remedy)];
      });
      if (faults.length > 0) throw invalid(faults);
      const { head } = earlier.list;
      const board = await findEdition(tx.db, list, head.board.edition);
      if (!board) throw new Error(`no edition ${list}/${head.board.edition}`);
      const candidates = input.declarations.flatMap((one) => standing.get(one) ?? []);
      const round = {
        kind: 'renewal' as const,
        board,
        head: JSON.parse(board.head) as ListHead,
        confirmationDays: input.confirmationDays,
      };
      return storeRound(tx, context, round, candidates);
    },
    { sequence: 'forerunner_round_numbers' },
  );
}
