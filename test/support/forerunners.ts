import type { Actor } from '../../src/domain/access/actor.ts';
import { organisationOf } from '../../src/domain/access/actor.ts';
import type { Check } from '../../src/domain/forerunners/checks.ts';
import { Scheme } from '../../src/domain/schemes/scheme.ts';
import type { Receipt } from '../../src/services/declarations/version.ts';
import { confirmCandidacy } from '../../src/services/forerunners/confirm-candidacy.ts';
import { confirmChecks } from '../../src/services/forerunners/confirm-checks.ts';
import { enterChecks } from '../../src/services/forerunners/enter-checks.ts';
import { openObjections } from '../../src/services/forerunners/open-objections.ts';
import { openRound, type OpenedRound } from '../../src/services/forerunners/open-round.ts';
import { publishForerunners } from '../../src/services/forerunners/publish-list.ts';
import { readRound } from '../../src/services/forerunners/read-round.ts';
import { removeEntry } from '../../src/services/forerunners/remove-entry.ts';
import { sendReport } from '../../src/services/forerunners/send-report.ts';
import { submitShortList } from '../../src/services/forerunners/submit-short-list.ts';
import type { PublishedList } from '../../src/services/rankings/release-list.ts';
import { shiftRegister } from '../../src/store/register.ts';
import { registerDay } from './bodies.ts';
import { addPerson, contextAs, declare, purifierIndicators, type TestOrganisation } from './builders.ts';
import { type FilledRegister, gradingScheme, publishTestList } from './filled-register.ts';
import { pdf } from './pdf.ts';
import { releasersOf } from './release.ts';

export const FORERUNNERS = 'M-LPZ';
/** Longer than ten working days and the longest holidays. */
export const PERIOD = 30 * 24 * 3600;

/** A scheme with one basic requirement of its own. */
export function forerunnerScheme(code = FORERUNNERS): Scheme {
  return Scheme.parse({
    ...gradingScheme(code),
    requirements: [
      { code: 'iso-9001', text: { zh: '通过质量管理体系认证', en: 'GB/T 19001 certified' }, evidence: 'certificate' },
    ],
  });
}

/** A declaration of grade one by each enterprise. */
export async function declareBest(register: FilledRegister): Promise<readonly Receipt[]> {
  const receipts: Receipt[] = [];
  for (const [i, enterprise] of register.enterprises.entries()) {
    receipts.push(
      await declare(register, enterprise, {
        number: `Q/BEST ${i + 1}-2026`,
        products: [{ name: '空气净化器', models: [`KJ800G-${i}`, `KJ800F-${i}`] }],
        indicators: purifierIndicators({ cleanAir: '800', efficacy: '18.00', noise: '45.0' }),
      }),
    );
  }
  return receipts;
}

export interface RunningRound extends OpenedRound {
  readonly board: PublishedList;
  readonly best: readonly Receipt[];
}

/** Publishes a ranking list with grade-one rows of every enterprise and opens a round on it. */
export async function openTestRound(register: FilledRegister, code = FORERUNNERS): Promise<RunningRound> {
  const best = await declareBest(register);
  const board = await publishTestList(register, register.body, forerunnerScheme(code));
  const opened = await openRound(contextAs(register, register.body.admin), {
    list: board.list,
    edition: board.edition,
    confirmationDays: 10,
  });
  return { ...opened, board, best };
}

export const REPORT = pdf({ text: 'Test report' });

/** Confirmation and report of one candidate, as its enterprise gives them. */
export async function givePapers(
  register: FilledRegister,
  round: string,
  declaration: string,
  bytes: Uint8Array = REPORT,
): Promise<void> {
  const { candidates } = await readRound(register.database, round);
  const candidate = candidates.find((one) => one.declaration === declaration);
  const context = contextAs(register, holderByCode(register, candidate?.enterprise.code ?? '').admin);
  await confirmCandidacy(context, round, declaration, {
    commitment: { version: 1, signer: '王示例', capacity: 'legal-representative' },
    provision: 'mass-produced',
    models: [...(candidate?.declaredModels ?? [])],
  });
  await sendReport(context, round, declaration, await reportFacts(register), bytes);
}

export async function reportFacts(register: FilledRegister) {
  return {
    number: 'JC-2026-001',
    laboratory: '示例检测中心',
    mark: 'CMA' as const,
    markNumber: '2026000001',
    reportedOn: await registerDay(register),
  };
}

export function holderByCode(register: FilledRegister, code: string): TestOrganisation {
  const found = register.enterprises.find(({ creditCode }) => creditCode === code);
  if (!found) throw new Error(`no enterprise ${code}`);
  return found;
}

export function checksFor(day: string, results: Readonly<Record<string, Check['result']>> = {}): readonly Check[] {
  return ['credit-record', 'quality-record', 'environment-record', 'requirement/iso-9001'].map((about) => ({
    about,
    result: results[about] ?? 'clear',
    source: '国家企业信用信息公示系统',
    checkedOn: day,
    note: results[about] === 'trouble' ? '列入严重违法失信名单' : '',
    evidenceSha256: null,
  }));
}

/** Enters the checks of candidates by the first person and confirms them by the second. */
export async function checkAll(
  register: FilledRegister,
  round: string,
  declarations: readonly string[],
  results: Readonly<Record<string, Readonly<Record<string, Check['result']>>>> = {},
): Promise<void> {
  const { first, second } = await releasersOf(register, register.body);
  const day = await registerDay(register);
  for (const declaration of declarations) {
    const checks = [...checksFor(day, results[declaration])];
    await enterChecks(contextAs(register, first), round, { declaration, checks });
  }
  await confirmChecks(contextAs(register, second), round);
}

/** The two persons of the coordinating body who open the objection period and publish. */
const coordinators = new WeakMap<TestOrganisation, Promise<Actor>>();
export function secondCoordinator(register: FilledRegister): Promise<Actor> {
  const { coordinator } = register;
  const made =
    coordinators.get(coordinator) ?? addPerson(register, coordinator, 'publisher').then(({ actor }) => actor);
  coordinators.set(coordinator, made);
  return made;
}

/** From complete candidates to the objection period. */
export async function toObjections(register: FilledRegister, round: string): Promise<void> {
  await shiftRegister(register.database, PERIOD);
  await submitShortList(contextAs(register, register.body.admin), round);
  await openObjections(contextAs(register, register.coordinator.admin), round);
}

/** The whole way of a round whose candidates all give their papers and have no trouble. */
export async function publishTestForerunners(register: FilledRegister, running: RunningRound) {
  const names = running.best.map(({ id }) => id);
  for (const name of names) await givePapers(register, running.id, name);
  await checkAll(register, running.id, names);
  await toObjections(register, running.id);
  await shiftRegister(register.database, PERIOD);
  return publishForerunners(contextAs(register, await secondCoordinator(register)), running.id);
}

export function idOf({ admin }: TestOrganisation): string {
  return organisationOf(admin) ?? '';
}

/** A published list with one entry taken off, and a running round that nobody has confirmed yet. */
export async function forerunnersToLookAt(register: FilledRegister) {
  const done = await openTestRound(register);
  const [first, second] = done.best.map(({ id }) => id);
  await publishTestForerunners(register, done);
  await removeEntry(contextAs(register, register.body.admin), FORERUNNERS, {
    declaration: second ?? '',
    cause: 'quality-trouble',
    evidence: '抽查 2026-1',
    note: '检测值不符',
  });
  await shiftRegister(register.database, -2 * PERIOD);
  const board = await publishTestList(register, register.body, forerunnerScheme('M-LPZ-2'));
  const asked = { list: board.list, edition: board.edition, confirmationDays: 10 };
  const running = await openRound(contextAs(register, register.body.admin), asked);
  return { published: done.id, running: running.id, candidate: first ?? '' };
}
