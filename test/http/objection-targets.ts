import { organisationOf } from '../../src/domain/access/actor.ts';
import { acceptObjection } from '../../src/services/objections/accept-objection.ts';
import { submitObjection } from '../../src/services/objections/submit-objection.ts';
import { openObjectionPeriod } from '../../src/services/schemes/propose-scheme.ts';
import { addPerson, contextAs, type TestOrganisation } from '../support/builders.ts';
import { tierScheme } from '../support/filled-register.ts';
import type { Cast } from './matrix.ts';
import type { Target } from './targets.ts';

/** Operations on objections to a scheme of the body. */
export async function objectionTargets(cast: Cast): Promise<Record<string, readonly Target[]>> {
  const { body, coordinator } = cast;
  const proposed = await openObjectionPeriod(contextAs(cast, body.admin), tierScheme('M-OBJECTED'));
  const about = { kind: 'scheme' as const, scheme: proposed.code, version: proposed.version };
  const submitted = async (kind: 'data' | 'conflict') => {
    const statement = '测试用的异议';
    return (await submitObjection(contextAs(cast), { object: about, kind, statement, contact: '' })).number;
  };
  const taken = await submitted('data');
  const person = await addPerson(cast, body, 'publisher');
  await acceptObjection(contextAs(cast, person.actor), taken, { acceptance: 'accepted', reason: '' });
  const conflicted = await submitted('conflict');
  // Nobody's turn: whoever may act is told to wait, and no person's own interests come into it.
  const waiting = await submitted('data');
  const resourceOf = (organisation: TestOrganisation) => ({ ownerId: organisationOf(organisation.admin) ?? '' });
  const at = (act: string, given: () => unknown, number = waiting): readonly Target[] => [
    { name: 'of the body', path: `/objections/${number}/${act}`, body: given, resource: resourceOf(body) },
    { name: 'missing', path: `/objections/YY-2026-999999/${act}`, body: given, missing: true },
  ];
  const reasons = '测试用的理由';
  const decision = () => ({ decision: 'upheld', reasons, effect: 'none' });
  return {
    'POST /objections': [
      {
        name: 'without a statement',
        path: '/objections',
        body: () => ({ object: about, kind: 'data', statement: '' }),
      },
    ],
    'POST /objections/{number}/evidence': [
      {
        name: 'without the secret',
        path: `/objections/${taken}/evidence`,
        body: () => 'not a picture',
        headers: { 'content-type': 'image/png' },
        seenBy: null,
        missing: true,
      },
    ],
    'GET /objection-cases': [{ name: 'the own', path: '/objection-cases' }],
    'POST /objections/{number}/acceptance': [
      ...at('acceptance', () => ({ acceptance: 'accepted' }), taken),
      {
        name: 'of a conflict of interests',
        path: `/objections/${conflicted}/acceptance`,
        body: () => ({ acceptance: 'not-accepted' }),
        resource: resourceOf(coordinator),
      },
    ],
    'POST /objections/{number}/answer': at('answer', () => ({ answer: reasons })),
    'POST /objections/{number}/review': at('review', () => ({ recommendation: 'upheld', reasons })),
    'POST /objections/{number}/decision': at('decision', decision),
    'POST /objections/{number}/execution': at('execution', () => ({ remark: reasons })),
  };
}
