import { z } from 'zod';
import { MEMBER_ROLES } from '../../domain/access/actor.ts';
import { text } from '../../domain/fault.ts';
import { lockName } from '../../store/database.ts';
import type { Opened } from '../../store/database.ts';
import { deleteMembership, listMembers, updateRole } from '../../store/organisations.ts';
import { audit } from '../audit.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { conflict, notFound } from '../refusal.ts';
import { transact } from '../transact.ts';

export const MemberRoleChange = z.strictObject({ role: z.enum(MEMBER_ROLES) }).meta({ id: 'MemberRoleChange' });

/** An admin gives a person of the own organisation another role; the last admin stays one. */
export async function changeMemberRole(
  context: ServiceContext,
  userId: string,
  { role }: z.infer<typeof MemberRoleChange>,
): Promise<{ readonly userId: string; readonly role: string }> {
  authorise(context, 'member.change-role');
  return transact(context, async (tx) => {
    await refuseLastAdmin(tx, context, userId, role !== 'admin');
    if (!(await updateRole(tx, userId, role))) throw notFound(text('成员', 'member'), '#path/userId', userId);
    await audit(tx, context, 'member.change-role', userId, { role });
    return { userId, role };
  });
}

/** An admin lets a person go: from this moment their sessions act for the organisation no longer. */
export async function removeMember(context: ServiceContext, userId: string): Promise<{ readonly userId: string }> {
  authorise(context, 'member.remove');
  return transact(context, async (tx) => {
    await refuseLastAdmin(tx, context, userId, true);
    if (!(await deleteMembership(tx, userId))) throw notFound(text('成员', 'member'), '#path/userId', userId);
    await audit(tx, context, 'member.remove', userId);
    return { userId };
  });
}

/** Two admins who let each other go at once would leave none; so changes of one organisation's people wait for each other. */
async function refuseLastAdmin(
  tx: Opened,
  context: ServiceContext,
  userId: string,
  losesAdmin: boolean,
): Promise<void> {
  await lockName(tx, `members ${actingOrganisation(context).organisation.id}`);
  const admins = (await listMembers(tx)).filter(({ role }) => role === 'admin');
  if (!losesAdmin || admins.length > 1 || admins[0]?.userId !== userId) return;
  throw conflict(
    text('这是最后一名管理员', 'this is the last admin'),
    '#path/userId',
    userId,
    text('至少保留一名管理员', 'at least one admin'),
    text('请先把另一人设为管理员', 'make someone else an admin first'),
  );
}
