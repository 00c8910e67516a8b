import { sha256Hex } from '../../domain/bytes.ts';
import { fault, text } from '../../domain/fault.ts';
import { logTime } from '../../domain/log/leaf.ts';
import { allocate } from '../../domain/spot-checks/allocation.ts';
import { parseEntropy } from '../../domain/spot-checks/entropy.ts';
import { formatFrame, type SamplingUnit } from '../../domain/spot-checks/frame.ts';
import { formatPairs, formatRoster, parsePairs, parseRoster } from '../../domain/spot-checks/lists.ts';
import { formatPlan } from '../../domain/spot-checks/plan.ts';
import { type FrameUnit, readFrame } from '../../store/cut-off.ts';
import { conflictingConstraint } from '../../store/errors.ts';
import { addToLog, logSize } from '../../store/log.ts';
import { insertDraw, insertDrawFiles } from '../../store/spot-checks.ts';
import { audit } from '../audit.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { conflict, invalid } from '../refusal.ts';
import { transact } from '../transact.ts';
import type { DrawRequest } from './draw-request.ts';
import { drawFile } from './files.ts';

export interface PlannedDraw {
  readonly id: string;
  readonly state: 'committed';
  readonly plan: string;
  readonly frame: string;
  readonly frameCount: number;
  readonly take: Readonly<Record<string, number>>;
  readonly entropyNotBefore: string;
}

/** From plan to entropy at least half an hour passes, so that everyone can see the plan first (rd1 §1.5). */
const HALF_HOUR_MS = 30 * 60_000;
const MINUTE_MS = 60_000;

/**
 * Freezes the frame as a published query over the public log, writes the plan's files, and logs them: after this nobody,
 * the planner included, can change who may be drawn or how, and the entropy does not exist yet.
 */
export async function planDraw(context: ServiceContext, input: DrawRequest): Promise<PlannedDraw> {
  authorise(context, 'draw.plan', { region: input.frame.regionPrefix });
  const { organisation, userId } = actingOrganisation(context);
  return transact(
    context,
    async (tx) => {
      const size = await logSize(tx.db);
      const units = (await readFrame(tx.client, { ...input.frame, logSize: size })).map((unit) =>
        samplingUnit(unit, input),
      );
      if (units.length === 0) throw invalid([emptyFrame(input)]);
      const take = takeOf(units, input);
      const entropy = parseEntropy(input.entropy, '/entropy');
      const times = timesOf(tx.now, input);
      const frame = formatFrame(units);
      const roster = formatRoster(input.roster);
      const avoid = formatPairs(input.avoid);
      const lists = [parseRoster(bytesOf(roster)), parsePairs('avoid.tsv', bytesOf(avoid))];
      const faults = [
        ...(entropy.ok ? [] : entropy.problem),
        ...times.faults,
        ...lists.flatMap((list) => (list.ok ? [] : list.problem)),
        ...unknownPairs(input, units),
      ];
      if (!entropy.ok || faults.length > 0) throw invalid(faults);
      const plan = formatPlan({
        draw: input.id,
        frame: sha256Hex(frame),
        roster: sha256Hex(roster),
        avoid: sha256Hex(avoid),
        frameCount: units.length,
        take,
        perObject: input.perObject,
        entropy: entropy.value,
        commit: new Map(Object.entries(input.commit)),
        frameRule: frameRule(input),
        logSize: size,
        freezeAt: logTime(tx.now),
        entropyNotBefore: logTime(times.notBefore),
        ...(input.revealBy ? { revealBy: logTime(new Date(input.revealBy)) } : {}),
        ...(input.entropyNote ? { entropyNote: input.entropyNote } : {}),
      });
      const planSha256 = sha256Hex(plan);
      await insertDraw(tx, {
        id: input.id,
        regulatorId: organisation.id,
        batch: input.batch,
        stage: input.stage,
        title: input.title,
        state: 'committed',
        logSize: size,
        planSha256,
        entropyNotBefore: times.notBefore,
        revealBy: input.revealBy ? new Date(input.revealBy) : null,
        plannedBy: userId,
        plannedAt: tx.now,
      });
      await insertDrawFiles(tx, input.id, [
        drawFile('plan.json', plan),
        drawFile('frame.tsv', frame),
        drawFile('roster.tsv', roster),
        drawFile('avoid.tsv', avoid),
      ]);
      await addToLog(tx, {
        t: 'draw.plan',
        id: input.id,
        rev: 1,
        by: organisation.creditCode,
        plan: planSha256,
        frame: sha256Hex(frame),
        roster: sha256Hex(roster),
        avoid: sha256Hex(avoid),
        at: logTime(tx.now),
      });
      await audit(tx, context, 'draw.plan', input.id, { plan: planSha256, frameCount: units.length });
      return {
        id: input.id,
        state: 'committed',
        plan: planSha256,
        frame: sha256Hex(frame),
        frameCount: units.length,
        take: Object.fromEntries(take),
        entropyNotBefore: logTime(times.notBefore),
      };
    },
    { explain: (error) => sameDraw(error, input) },
  );
}

/** The frame rule in words; the frame's own bytes and the log size are what binds. */
function frameRule({ frame: { categoryPrefix, regionPrefix, stratify } }: DrawRequest): string {
  const [category, region] = [categoryPrefix || '*', regionPrefix || '*'];
  return `现行声明，类别 ${category}，地区 ${region}，分层 ${stratify} / current declarations, category ${category}, region ${region}, strata ${stratify}`;
}

function samplingUnit(unit: FrameUnit, input: DrawRequest): SamplingUnit {
  const stratum = { none: 'all', category: unit.category, province: unit.creditCode.slice(2, 4) }[input.frame.stratify];
  return { stratum, weight: 1, id: unit.id };
}

function takeOf(units: readonly SamplingUnit[], input: DrawRequest): ReadonlyMap<string, number> {
  const sizes = new Map<string, { units: number }>();
  for (const { stratum } of units) {
    const size = sizes.get(stratum) ?? { units: 0 };
    size.units++;
    sizes.set(stratum, size);
  }
  const allocated = allocate(sizes, input.sample, input.minimum);
  if (allocated.ok) return allocated.value;
  throw invalid(allocated.problem.map((problem) => ({ ...problem, at: '/sample' })));
}

function timesOf(now: Date, input: DrawRequest) {
  // A minute to spare: the plan gets its place in the log a moment after this transaction.
  const earliest = new Date(Math.ceil((now.getTime() + HALF_HOUR_MS + MINUTE_MS) / MINUTE_MS) * MINUTE_MS);
  const notBefore = input.entropyNotBefore ? new Date(input.entropyNotBefore) : earliest;
  const faults = [];
  if (notBefore < earliest) {
    faults.push(
      fault(
        '/entropyNotBefore',
        'draw.entropy-too-soon',
        input.entropyNotBefore,
        text(`不早于 ${logTime(earliest)}`, `${logTime(earliest)} or later`),
        text('计划公开后至少 30 分钟才能产生种子', 'at least 30 minutes pass between the plan and the entropy'),
      ),
    );
  }
  const sealed = Object.keys(input.commit).length > 0;
  if (sealed && (!input.revealBy || new Date(input.revealBy) <= notBefore)) {
    faults.push(
      fault(
        '/revealBy',
        'draw.reveal-missing',
        input.revealBy,
        text('晚于 entropyNotBefore 的揭示期限', 'a time after entropyNotBefore'),
        text('有承诺时须写明揭示期限', 'give it when there are commitments'),
      ),
    );
  }
  return { notBefore, faults };
}

function unknownPairs(input: DrawRequest, units: readonly SamplingUnit[]) {
  const ids = new Set(units.map((unit) => unit.id));
  const inspectors = new Set(input.roster.map((row) => row.inspector));
  return input.avoid.flatMap((pair, i) => {
    const at = ids.has(pair.id) ? (inspectors.has(pair.inspector) ? null : 'inspector') : 'id';
    if (!at) return [];
    return [
      fault(
        `/avoid/${i}/${at}`,
        'draw.unknown',
        pair[at],
        at === 'id'
          ? text('名单中的对象', 'an object of the frame')
          : text('名录中的检查人员', 'an inspector of the roster'),
        text('请核对或删去该行', 'check or remove this row'),
      ),
    ];
  });
}

function emptyFrame(input: DrawRequest) {
  return fault(
    '/frame',
    'draw.frame-empty',
    `${input.frame.categoryPrefix || '*'} ${input.frame.regionPrefix || '*'}`,
    text('至少一项现行声明', 'at least one current declaration'),
    text('请放宽类别或地区', 'widen the category or the region'),
  );
}

function sameDraw(error: unknown, input: DrawRequest): unknown {
  const constraint = conflictingConstraint(error);
  if (constraint === 'draws_pkey') {
    return conflict(
      text('该抽取编号已使用', 'this draw id is used'),
      '/id',
      input.id,
      text('未使用过的编号', 'an id never used'),
      text('编号不得重复使用，请换一个', 'ids are never reused; choose another'),
    );
  }
  if (constraint === 'draws_no_redraw') {
    return conflict(
      text('该批次该阶段已有抽取', 'this batch and stage has its draw'),
      '/batch',
      `${input.batch}/${input.stage}`,
      text('没有未作废抽取的批次和阶段', 'a batch and stage without a draw that is not void'),
      text('不得重抽；确需重抽的，先由两人作废并说明理由', 'no redraw; two persons may void the first, with a reason'),
    );
  }
  return error;
}

function bytesOf(content: string): Uint8Array {
  return new TextEncoder().encode(content);
}
