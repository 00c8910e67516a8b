import { randomUUID } from 'node:crypto';
import { checkStatement, type ConflictStatement, statementDocument } from '../../domain/bodies/conflict.ts';
import { sha256Hex } from '../../domain/bytes.ts';
import { dayInBeijing } from '../../domain/calendar/day.ts';
import { parseCreditCode } from '../../domain/enterprises/credit-code.ts';
import { fault, text } from '../../domain/fault.ts';
import { logTime } from '../../domain/log/leaf.ts';
import { insertStatement } from '../../store/bodies.ts';
import { addToLog } from '../../store/log.ts';
import { listMembers } from '../../store/organisations.ts';
import { audit } from '../audit.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { invalid } from '../refusal.ts';
import { transact } from '../transact.ts';

/** A body states which interests its people have in enterprises of a category; public at once, replaced by the next one. */
export async function stateConflicts(context: ServiceContext, given: ConflictStatement) {
  authorise(context, 'conflict.state');
  const { organisation, userId } = actingOrganisation(context);
  return transact(context, async (tx) => {
    const members = new Map((await listMembers(tx)).map((member) => [member.loginName, member]));
    const strangers = given.persons.flatMap((name, i) => (members.has(name) ? [] : [stranger(i, name)]));
    const faults = [...checkStatement(given, dayInBeijing(tx.now)), ...strangers];
    if (faults.length > 0) throw invalid(faults);
    const persons = [...new Set(given.persons)].flatMap((name) => members.get(name) ?? []);
    const document = statementDocument(
      organisation.creditCode,
      { ...given, interests: given.interests.map((one) => ({ ...one, creditCode: inForm(one.creditCode) })) },
      persons.map(({ displayName }) => displayName),
    );
    const id = randomUUID();
    const doc = sha256Hex(document);
    await insertStatement(tx, {
      id,
      bodyId: organisation.id,
      categoryPrefix: given.categoryPrefix,
      validFrom: given.validFrom,
      validTo: given.validTo,
      personIds: persons.map((person) => person.userId),
      document,
      documentSha256: doc,
      statedBy: userId,
      statedAt: tx.now,
    });
    await addToLog(tx, { t: 'conflict.stated', id, rev: 1, body: organisation.creditCode, doc, at: logTime(tx.now) });
    await audit(tx, context, 'conflict.state', id, { category: given.categoryPrefix, persons: given.persons });
    return { id, sha256: doc };
  });
}

function inForm(typed: string): string {
  const parsed = parseCreditCode(typed);
  return parsed.ok ? parsed.value.code : typed;
}

function stranger(i: number, found: string) {
  return fault(
    `/persons/${i}`,
    'conflict-statement.person',
    found,
    text('本机构成员的用户名', 'the login name of a person of the own body'),
    text('请在成员页核对', 'look it up among the members'),
  );
}
