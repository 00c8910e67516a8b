import type { Actor } from '../../src/domain/access/actor.ts';
import type { ObjectionRuling } from '../../src/domain/objections/input.ts';
import type { ObjectionObject } from '../../src/domain/objections/object.ts';
import type { ObjectionKind } from '../../src/domain/objections/vocabulary.ts';
import { acceptObjection } from '../../src/services/objections/accept-objection.ts';
import { answerObjection } from '../../src/services/objections/answer-objection.ts';
import { decideObjection } from '../../src/services/objections/decide-objection.ts';
import { reviewObjection } from '../../src/services/objections/review-objection.ts';
import { type ObjectionReceipt, submitObjection } from '../../src/services/objections/submit-objection.ts';
import { stateInterests } from './bodies.ts';
import { addPerson, contextAs, type TestOrganisation, type TestRegister } from './builders.ts';
import type { FilledRegister } from './filled-register.ts';

export const EVIDENCE = { fileName: '检验报告.pdf', bytes: Buffer.from('%PDF-1.7 检验报告') };

/** The row of a declaration in the first edition of the graded list. */
export function rowOf(register: FilledRegister, i = 0): ObjectionObject {
  const declaration = register.declarations[i]?.id ?? '';
  return { kind: 'list-row', list: register.graded.list, edition: 1, declaration };
}

export function object(
  register: TestRegister,
  about: ObjectionObject,
  given: { readonly kind?: ObjectionKind; readonly by?: Actor; readonly contact?: string } = {},
): Promise<ObjectionReceipt> {
  const { kind = 'data', by, contact = '' } = given;
  return submitObjection(
    contextAs(register, by),
    { object: about, kind, statement: '洁净空气量与检验报告不符', contact },
    [EVIDENCE],
  );
}

/** Three people of a body, of whom the second and third have stated their interests and released nothing. */
export async function judgesOf(register: TestRegister, body: TestOrganisation) {
  const reviewer = await addPerson(register, body, 'publisher');
  const decider = await addPerson(register, body, 'publisher');
  await stateInterests(register, body, [], [reviewer.loginName, decider.loginName]);
  return { accepts: body.admin, reviews: reviewer.actor, decides: decider.actor };
}
export type Judges = Awaited<ReturnType<typeof judgesOf>>;

/** Takes an objection from its submission to a decision. */
export async function decideFor(
  register: TestRegister,
  number: string,
  judges: Judges,
  other: Actor,
  ruling: Omit<ObjectionRuling, 'reasons'>,
): Promise<void> {
  await acceptObjection(contextAs(register, judges.accepts), number, { acceptance: 'accepted', reason: '' });
  await answerObjection(contextAs(register, other), number, { answer: '检验方法不同' });
  const review = { recommendation: ruling.decision, reasons: '核对了检验报告' };
  await reviewObjection(contextAs(register, judges.reviews), number, review);
  await decideObjection(contextAs(register, judges.decides), number, { ...ruling, reasons: '报告可信，数值应更正' });
}
