import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { MEMBER_ROLES } from '../../domain/access/actor.ts';
import { insertMembership, insertUser, listMembers as list } from '../../store/organisations.ts';
import { checkPassword, hashPassword } from '../access/passwords.ts';
import { audit } from '../audit.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { invalid } from '../refusal.ts';
import { transact } from '../transact.ts';
import { joined, Person } from './apply-to-join.ts';

export const NewMember = Person.extend({ role: z.enum(MEMBER_ROLES) }).meta({ id: 'NewMember' });

/** An admin adds a person to the own organisation. */
export async function addMember(context: ServiceContext, input: z.infer<typeof NewMember>) {
  authorise(context, 'member.add');
  const { organisation } = actingOrganisation(context);
  const faults = checkPassword(input.password, '/password');
  if (faults.length > 0) throw invalid(faults);
  const passwordHash = await hashPassword(input.password);
  const { loginName, displayName, role } = input;
  return transact(
    context,
    async (tx) => {
      const userId = randomUUID();
      await insertUser(tx, { id: userId, loginName, displayName, passwordHash });
      await insertMembership(tx, { organisationId: organisation.id, userId, role });
      await audit(tx, context, 'member.add', loginName, { role });
      return { userId, loginName, displayName, role };
    },
    { explain: (error) => joined(error, organisation.creditCode, loginName) },
  );
}

export async function listMembers(context: ServiceContext) {
  authorise(context, 'member.list');
  return transact(context, (tx) => list(tx));
}
