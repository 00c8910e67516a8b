import { z } from 'zod';
import { text } from '../../domain/fault.ts';
import { findMapping, undoMapping as undo } from '../../store/indicator-mappings.ts';
import { audit } from '../audit.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { conflict, notFound } from '../refusal.ts';
import { transact } from '../transact.ts';

export const MappingUndoing = z
  .strictObject({ reason: z.string().trim().min(1).max(500) })
  .meta({ id: 'MappingUndoing' });

/** Takes a reading of a name back; it stays in the history, and runs asked for before keep it. */
export async function undoMapping(
  context: ServiceContext,
  id: string,
  { reason }: z.infer<typeof MappingUndoing>,
): Promise<{ readonly id: string }> {
  return transact(context, async (tx) => {
    const mapping = await findMapping(tx.db, id);
    authorise(context, 'mapping.undo', mapping ? { ownerId: mapping.bodyId } : {});
    const { userId } = actingOrganisation(context);
    if (!mapping) throw notFound(text('指标对齐', 'mapping'), '#path/id', id);
    if (!(await undo(tx, id, { undoneBy: userId, undoReason: reason }))) throw undoneBefore();
    await audit(tx, context, 'mapping.undo', id, { name: mapping.name, reason });
    return { id };
  });
}

function undoneBefore() {
  return conflict(
    text('该对齐已撤销', 'this mapping was undone before'),
    '#path/id',
    'undone',
    text('有效的对齐', 'a standing mapping'),
    text('请刷新列表', 'reload the list'),
  );
}
