import { confirmCandidacy } from '../../src/services/forerunners/confirm-candidacy.ts';
import { enterChecks } from '../../src/services/forerunners/enter-checks.ts';
import { openObjections } from '../../src/services/forerunners/open-objections.ts';
import { openRound } from '../../src/services/forerunners/open-round.ts';
import { publishForerunners } from '../../src/services/forerunners/publish-list.ts';
import { sendReport } from '../../src/services/forerunners/send-report.ts';
import { confirmChecks } from '../../src/services/forerunners/confirm-checks.ts';
import { submitShortList } from '../../src/services/forerunners/submit-short-list.ts';
import type { Receipt } from '../../src/services/declarations/version.ts';
import { shiftRegister } from '../../src/store/register.ts';
import { registerDay } from '../support/bodies.ts';
import { addPerson, contextAs, declare, purifierIndicators } from '../support/builders.ts';
import { gradingScheme, publishTestList } from '../support/filled-register.ts';
import { checksFor, idOf, PERIOD, REPORT } from '../support/forerunners.ts';
import { releasersOf } from '../support/release.ts';
import type { Cast } from './matrix.ts';
import type { Target } from './targets.ts';

/** A published forerunner list of the body, and a round of another of its lists that nobody has confirmed yet. */
export async function forerunnerTargets(cast: Cast): Promise<Record<string, readonly Target[]>> {
  const { body, enterprise, coordinator } = cast;
  const best = await declare(cast, enterprise, {
    number: 'Q/LPZ 1-2026',
    indicators: purifierIndicators({ cleanAir: '800', efficacy: '18.00', noise: '45.0' }),
  });
  const resource = { ownerId: idOf(body), category: 'C3464.air-purifier' };
  const open = async (code: string) => {
    await publishTestList(cast, body, gradingScheme(code));
    const asked = { list: code, edition: 1, confirmationDays: 10 };
    return (await openRound(contextAs(cast, body.admin), asked)).id;
  };
  const published = await open('M-LPZ-DONE');
  // Times go on, and back again: the other targets are of today.
  await publishOne(cast, published, best);
  const running = await open('M-LPZ-RUN');
  const firstPersonId = coordinator.admin.kind === 'member' ? coordinator.admin.userId : '';
  const confirmation = () => ({
    commitment: { version: 1, signer: '王示例', capacity: 'legal-representative' },
    provision: 'mass-produced',
    models: ['X-1'],
  });
  const round = (act: string, given: Partial<Target> = {}, missing: Partial<Target> = given): readonly Target[] => [
    { name: 'running', path: `/forerunner-rounds/${running}/${act}`, resource, ...given },
    { name: 'missing', path: `/forerunner-rounds/LP-2026-999999/${act}`, ...missing, missing: true },
  ];
  const candidate = (act: string, given: Partial<Target> = {}): readonly Target[] => [
    {
      name: 'of the enterprise',
      path: `/forerunner-rounds/${running}/candidates/${best.id}/${act}`,
      resource: { ownerId: idOf(enterprise) },
      ...given,
    },
    { name: 'missing', path: `/forerunner-rounds/${running}/candidates/X.D1/${act}`, ...given, missing: true },
  ];
  const facts = '?number=1&laboratory=L&mark=CMA&markNumber=1&reportedOn=2020-01-01';
  const checks = () => ({ declaration: best.id, checks: [...checksFor('2099-01-01')] });
  const list = (act: string, given: () => unknown): readonly Target[] => [
    { name: 'of the body', path: `/forerunner-lists/M-LPZ-DONE/${act}`, body: given, resource },
    { name: 'missing', path: `/forerunner-lists/M-NONE/${act}`, body: given, missing: true },
  ];
  return {
    'GET /forerunner-cases': [{ name: 'the own', path: '/forerunner-cases' }],
    'POST /forerunner-rounds': [
      { name: 'taken already', path: '/forerunner-rounds', body: () => ({ list: 'M-LPZ-RUN', edition: 1 }), resource },
      { name: 'missing', path: '/forerunner-rounds', body: () => ({ list: 'M-NONE', edition: 1 }), missing: true },
    ],
    'POST /forerunner-rounds/{id}/candidates/{declaration}/confirmation': candidate('confirmation', {
      body: confirmation,
    }),
    'POST /forerunner-rounds/{id}/candidates/{declaration}/report': candidate(`report${facts}`, {
      body: () => 'not a picture',
      headers: { 'content-type': 'image/png' },
    }),
    'GET /forerunner-rounds/{id}/candidates/{declaration}/report': candidate('report', { missing: true }),
    'POST /forerunner-rounds/{id}/checks': round('checks', { body: checks }),
    'POST /forerunner-rounds/{id}/checks/confirmation': round('checks/confirmation'),
    'POST /forerunner-rounds/{id}/short-list': round('short-list'),
    'POST /forerunner-rounds/{id}/objection-period': round('objection-period'),
    'POST /forerunner-rounds/{id}/publication': [
      {
        name: 'published',
        path: `/forerunner-rounds/${published}/publication`,
        resource: { ...resource, firstPersonId },
      },
      { name: 'missing', path: '/forerunner-rounds/LP-2026-999999/publication', missing: true },
    ],
    'POST /forerunner-rounds/{id}/ending': [
      {
        name: 'published',
        path: `/forerunner-rounds/${published}/ending`,
        body: () => ({ reason: '测试' }),
      },
      {
        name: 'missing',
        path: '/forerunner-rounds/LP-2026-999999/ending',
        body: () => ({ reason: '测试' }),
        missing: true,
      },
    ],
    // Of no entry: what is missing is told to nobody but the body, so the answer is a fault and not a denial.
    'POST /forerunner-lists/{code}/removals': list('removals', () => ({
      declaration: best.id,
      cause: 'objection',
      evidence: 'YY-2026-999999',
    })),
    'POST /forerunner-lists/{code}/renewals': list('renewals', () => ({ declarations: ['X.D1'] })),
  };
}

async function publishOne(cast: Cast, id: string, { id: declaration }: Receipt): Promise<void> {
  const { body, enterprise, coordinator, database } = cast;
  const own = contextAs(cast, enterprise.admin);
  await confirmCandidacy(own, id, declaration, {
    commitment: { version: 1, signer: '王示例', capacity: 'legal-representative' },
    provision: 'mass-produced',
    models: ['KJ520G-A1'],
  });
  const day = await registerDay(cast);
  const facts = { number: '1', laboratory: 'L', mark: 'CMA' as const, markNumber: '1', reportedOn: day };
  await sendReport(own, id, declaration, facts, REPORT);
  const { first, second } = await releasersOf(cast, body);
  const checks = checksFor(day).filter(({ about }) => !about.startsWith('requirement/'));
  await enterChecks(contextAs(cast, first), id, { declaration, checks: [...checks] });
  await confirmChecks(contextAs(cast, second), id);
  await submitShortList(contextAs(cast, body.admin), id);
  await openObjections(contextAs(cast, coordinator.admin), id);
  const { actor } = await addPerson(cast, coordinator, 'publisher');
  await shiftRegister(database, PERIOD);
  await publishForerunners(contextAs(cast, actor), id);
  await shiftRegister(database, -PERIOD);
}
