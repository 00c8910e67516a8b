import { Scheme } from '../../src/domain/schemes/scheme.ts';
import { requestRun } from '../../src/services/comparisons/request-run.ts';
import { runComparison } from '../../src/services/comparisons/run-comparison.ts';
import type { PublishedList } from '../../src/services/rankings/release-list.ts';
import { drawSample } from '../../src/services/spot-checks/draw-sample.ts';
import { confirmFinding, enterFinding, publishFinding } from '../../src/services/spot-checks/findings.ts';
import { DrawRequest } from '../../src/services/spot-checks/draw-request.ts';
import { planDraw } from '../../src/services/spot-checks/plan-draw.ts';
import { readDraw } from '../../src/services/spot-checks/read-draw.ts';
import { seedDraw } from '../../src/services/spot-checks/seed-draw.ts';
import type { Receipt } from '../../src/services/declarations/version.ts';
import type { RegisterKind } from '../../src/domain/register.ts';
import { shiftRegister } from '../../src/store/register.ts';
import {
  accredit,
  addPerson,
  contextAs,
  declare,
  joinOrganisation,
  openTestRegister,
  purifierIndicators,
  sequence,
  type TestOrganisation,
  type TestRegister,
} from './builders.ts';
import { releaseRun } from './release.ts';
import { bringSchemeIntoForce } from './schemes.ts';

/** A register with everything that the public can look at. */
export interface FilledRegister extends TestRegister {
  readonly enterprises: readonly TestOrganisation[];
  readonly coordinator: TestOrganisation;
  readonly body: TestOrganisation;
  readonly regulator: TestOrganisation;
  readonly declarations: readonly Receipt[];
  /** Three core indicators, so it grades; its only edition is published. */
  readonly graded: PublishedList & { readonly run: string };
  /** One core indicator, so it has tiers and no grade. */
  readonly tiered: PublishedList;
  /** Drawn, with one finding published. */
  readonly draw: string;
  /** Planned only. */
  readonly plannedDraw: string;
}

const ENTERPRISES = [
  ['浙江海洲环境科技有限公司', '3301', 'HZHJ'],
  ['广东启境环境科技有限公司', '4401', 'QJHJ'],
  ['江苏岚风环境科技有限公司', '3201', 'LFHJ'],
  ['河北启谷环境科技有限公司', '1301', 'QGHJ'],
] as const;

/** Fills a register through the services; `declarations` of air purifiers, at least eight of which differ in every way. */
export async function buildRegister(
  options: { readonly kind?: RegisterKind; readonly declarations?: number } = {},
): Promise<FilledRegister> {
  const register = await openTestRegister(options.kind);
  const coordinator = await joinOrganisation(register, { kind: 'coordinating-body', name: '示例标准化工作机构' });
  const regulator = await joinOrganisation(register, { kind: 'regulator', name: '示例市场监督管理局' });
  const body = await joinOrganisation(register, { kind: 'assessment-body', name: '示例标准化研究院' });
  await accredit(register, body, { coordinator, regulator });
  const enterprises: TestOrganisation[] = [];
  for (const [name, region] of ENTERPRISES) {
    enterprises.push(await joinOrganisation(register, { kind: 'enterprise', name, region }));
  }
  const declarations = await declareMany(register, enterprises, options.declarations ?? 12);
  await sequence(register);
  const graded = await publishTestList(register, body, gradingScheme());
  const tiered = await publishTestList(register, body, tierScheme());
  const draw = await drawTestSample(register, regulator, 'CQ-2026-01');
  const plannedDraw = 'CQ-2026-02';
  await planDraw(contextAs(register, regulator.admin), drawRequest(plannedDraw, '2026年第2批企业标准监督抽查'));
  await sequence(register);
  return { ...register, enterprises, coordinator, body, regulator, declarations, graded, tiered, draw, plannedDraw };
}

/** Values wander through all tiers; every seventh leaves the noise out, every eleventh is below the baseline. */
export async function declareMany(
  register: TestRegister,
  enterprises: readonly TestOrganisation[],
  count: number,
): Promise<readonly Receipt[]> {
  const receipts: Receipt[] = [];
  for (let i = 0; i < count; i++) {
    const at = i % enterprises.length;
    const enterprise = enterprises[at];
    if (!enterprise) break;
    const cleanAir = String(i % 11 === 10 ? 180 : 320 + ((i * 37) % 480));
    const content = {
      number: `Q/${ENTERPRISES[at]?.[2] ?? 'TEST'} ${String(i + 1).padStart(3, '0')}-2026`,
      products: [{ name: '空气净化器', models: [`KJ${cleanAir}G-${i + 1}`, `KJ${cleanAir}F-${i + 1}`] }],
      indicators: purifierIndicators({
        cleanAir,
        efficacy: (8 + ((i * 13) % 90) / 10).toFixed(2),
        noise: i % 7 === 6 ? null : (46 + ((i * 11) % 190) / 10).toFixed(1),
      }),
    };
    receipts.push(await declare(register, enterprise, content));
  }
  return receipts;
}

/** Brings the scheme into force, runs it on the whole log, and publishes its list. */
export async function publishTestList(
  register: TestRegister,
  body: TestOrganisation,
  scheme: Scheme,
): Promise<PublishedList & { readonly run: string }> {
  const context = contextAs(register, body.admin);
  const { code, version } = await bringSchemeIntoForce(register, body, scheme);
  await sequence(register);
  const { id } = await requestRun(context, { scheme: code, version });
  await runComparison(register.database, id);
  const list = await releaseRun(register, body, id);
  await sequence(register);
  return { ...list, run: id };
}

const CLEAN_AIR = {
  code: 'cadr',
  name: { zh: '颗粒物洁净空气量', en: 'Particle clean air delivery rate' },
  kind: 'core',
  direction: 'higher',
  unit: 'm³/h',
  levels: [{ advanced: '500', average: '400', baseline: '300', source: 'GB/T 18801-2022' }],
} as const;

export function gradingScheme(code = 'M-KQJHQ'): Scheme {
  return Scheme.parse({
    v: 1,
    code,
    version: 1,
    title: { zh: '空气净化器', en: 'Air purifiers' },
    category: 'C3464.air-purifier',
    method: 'weakest-core',
    validFrom: '2020-01-01',
    validTo: '2099-12-31',
    basis: 'GB/T 18801-2022 与 2026 年市场数据',
    indicators: [
      CLEAN_AIR,
      {
        code: 'efficacy',
        name: { zh: '颗粒物净化能效', en: 'Clean air per energy' },
        kind: 'core',
        direction: 'higher',
        unit: 'm³/(W·h)',
        levels: [{ advanced: '14', average: '11', baseline: '8' }],
      },
      {
        code: 'noise',
        name: { zh: '噪声', en: 'Noise' },
        kind: 'core',
        direction: 'lower',
        unit: 'dB(A)',
        plausible: { min: '20', max: '90' },
        levels: [
          {
            when: [{ parameter: '额定功率', operator: 'lte', value: '100', unit: 'W' }],
            advanced: '50',
            average: '58',
            baseline: '66',
          },
          { advanced: '55', average: '60', baseline: '68' },
        ],
      },
    ],
  });
}

export function tierScheme(code = 'M-KQJHQ-JL'): Scheme {
  return Scheme.parse({
    ...gradingScheme(code),
    title: { zh: '空气净化器洁净空气量', en: 'Air purifiers, clean air only' },
    indicators: [CLEAN_AIR],
  });
}

/** Plans a draw of three, waits out its half hour by shifting the clock, draws, and publishes one finding. */
export async function drawTestSample(register: TestRegister, regulator: TestOrganisation, id: string): Promise<string> {
  const { database } = register;
  const context = contextAs(register, regulator.admin);
  await planDraw(context, drawRequest(id, '2026年第1批企业标准监督抽查'));
  await sequence(register);
  await shiftRegister(database, 32 * 60);
  await seedDraw(context, id, { entropy: 'dice 27182818284590452353', note: '现场掷骰录像', secrets: {} });
  await drawSample(database, id);
  const { objects } = await readDraw(database, context.actor, id);
  const second = await addPerson(register, regulator, 'publisher');
  const finding = await enterFinding(context, id, {
    object: objects[0]?.object ?? '',
    verdict: 'conforming-with-flaws',
    codes: ['METHOD_NOT_STANDARD', 'FORM_GB_T_1_1'],
    note: '检验方法未采用现行标准，已告知企业。',
  });
  await confirmFinding(contextAs(register, second.actor), finding.id);
  await publishFinding(context, finding.id);
  await sequence(register);
  return id;
}

export function drawRequest(id: string, title: string): DrawRequest {
  return DrawRequest.parse({
    id,
    title,
    batch: id,
    frame: { categoryPrefix: 'C3464', regionPrefix: '', stratify: 'province' },
    sample: 4,
    roster: ['J-01', 'J-02', 'J-03', 'J-04'].map((inspector) => ({ inspector, strata: '*' })),
    entropy: 'dice 20',
    entropyNote: '公证处录像，现场掷二十次十面骰',
  });
}
