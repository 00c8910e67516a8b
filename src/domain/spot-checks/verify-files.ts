import { type Fault, fault, type Text, text } from '../fault.ts';
import { type Check, judged, notProvable, unread } from './check.ts';
import { shortagesOf } from './draw.ts';
import { idsInFrame } from './frame.ts';
import type { PublishedFile, PublishedFiles } from './names.ts';
import { checkPlanHash, checkSeedPlan, type PublishedDraw } from './published.ts';
import type { Redraw } from './redraw.ts';
import { checkTextFile, lineFault, MAX_FAULTS, splitLines } from './text-file.ts';

const FORMS: readonly (readonly [keyof PublishedDraw, PublishedFile])[] = [
  ['plan', 'plan.json'],
  ['frame', 'frame.tsv'],
  ['roster', 'roster.tsv'],
  ['avoid', 'avoid.tsv'],
  ['seed', 'seed.txt'],
  ['exclude', 'exclude.tsv'],
  ['recuse', 'recuse.tsv'],
];

/** Form, order and uniqueness of every file that is there. */
export function checkForms(files: PublishedFiles, read: PublishedDraw): readonly Check[] {
  return FORMS.filter(([key, file]) => files.has(file) || !read[key].ok).map(([key, file]) => {
    const parsed = read[key];
    const title = text(`${file} 的格式、顺序与唯一性`, `form, order and uniqueness of ${file}`);
    return judged(`${key}-form`, title, parsed.ok ? [] : parsed.problem);
  });
}

/** The plan names these very files, and the seed this very plan. */
export function checkHashes(files: PublishedFiles, { plan, seed }: PublishedDraw): readonly Check[] {
  const ofPlan = text(
    '抽样框、名册、回避名单与计划的哈希一致',
    'frame, roster and avoid list have the hashes of the plan',
  );
  const ofSeed = text('种子写明的正是这份计划', 'the seed names this very plan');
  return [
    plan.ok
      ? judged(
          'plan-hashes',
          ofPlan,
          (['frame', 'roster', 'avoid'] as const).flatMap((name) => checkPlanHash(name, files, plan.value)),
        )
      : unread('plan-hashes', ofPlan),
    seed.ok ? judged('seed-plan', ofSeed, checkSeedPlan(files, seed.value)) : unread('seed-plan', ofSeed),
  ];
}

export function checkFrameCount({ plan, frame }: PublishedDraw): Check {
  const title = text('抽样框的对象数与计划一致', 'the frame holds as many objects as the plan says');
  if (!plan.ok || !frame.ok) return unread('frame-count', title);
  const { frameCount } = plan.value;
  if (frame.value.count === frameCount) return judged('frame-count', title, []);
  const expected = text(`plan.json#/frameCount：${frameCount}`, `plan.json#/frameCount: ${frameCount}`);
  const remedy = text('使用计划冻结的抽样框', 'use the frame that the plan froze');
  return judged('frame-count', title, [fault('frame.tsv', 'draw.frame-count', frame.value.count, expected, remedy)]);
}

/** Rows of avoid, exclude and recuse speak of objects and inspectors of this draw; a redraw would ignore others. */
export function checkNames({ frame, roster, avoid, exclude, recuse }: PublishedDraw): Check {
  const title = text(
    '回避、剔除、退出名单只涉及本次的对象和人员',
    'avoid, exclude and recuse name objects and inspectors of this draw',
  );
  if (!(frame.ok && roster.ok && avoid.ok && exclude.ok && recuse.ok)) return unread('names', title);
  const rows = [...avoid.value, ...exclude.value, ...recuse.value];
  const ids = idsInFrame(frame.value, new Set(rows.map(({ id }) => id)));
  const inspectors = new Set(roster.value.map(({ inspector }) => inspector));
  const unknown = (file: PublishedFile, row: { id: string; inspector?: string }, i: number): Fault[] => {
    const faults: Fault[] = [];
    if (!ids.has(row.id))
      faults.push(unknownName(file, i + 1, row.id, text('frame.tsv 中的对象', 'an object of frame.tsv')));
    if (row.inspector !== undefined && !inspectors.has(row.inspector)) {
      faults.push(unknownName(file, i + 1, row.inspector, text('roster.tsv 中的人员', 'an inspector of roster.tsv')));
    }
    return faults;
  };
  const faults = [
    ...avoid.value.flatMap((row, i) => unknown('avoid.tsv', row, i)),
    ...exclude.value.flatMap(({ id }, i) => unknown('exclude.tsv', { id }, i)),
    ...recuse.value.flatMap((row, i) => unknown('recuse.tsv', row, i)),
  ];
  return judged('names', title, faults.slice(0, MAX_FAULTS));
}

/** What the plan takes from each stratum against what is there; less is a published shortfall and no failure. */
export function checkTake({ plan, frame }: PublishedDraw, redrawn: Redraw | undefined): Check {
  const title = text('各层抽取数与抽样框', 'what is taken from each stratum, and what is there');
  if (!plan.ok || !frame.ok || !redrawn) return unread('take', title);
  const { objects, inspectors } = shortagesOf(plan.value, redrawn.targets);
  if (objects.size + inspectors.size === 0) return judged('take', title, []);
  const short = [...objects].map(([stratum, count]) => `${stratum} −${count}`).join(', ') || '0';
  const note = text(
    `公开的短缺：对象 ${short}；人员不足的对象 ${inspectors.size} 个`,
    `published shortage: objects ${short}; objects with too few inspectors: ${inspectors.size}`,
  );
  return judged('take', title, [], note);
}

/** result.tsv, byte for byte, is what these files give. */
export function checkResult(files: PublishedFiles, redrawn: Redraw | undefined): Check {
  const title = text('result.tsv 与重算结果逐字节一致', 'result.tsv equals the redraw byte for byte');
  const bytes = files.get('result.tsv');
  if (bytes === undefined) {
    return notProvable('result', title, text('未公布 result.tsv', 'result.tsv is not published'));
  }
  const form = checkTextFile('result.tsv', bytes);
  if (redrawn === undefined) return form.length > 0 ? judged('result', title, form) : unread('result', title);
  const different = firstDifference(splitLines(bytes), redrawn.result.split('\n').slice(0, -1));
  return judged('result', title, different ? [...form, different] : form);
}

function firstDifference(published: readonly string[], expected: readonly string[]): Fault | undefined {
  const length = Math.max(published.length, expected.length);
  for (let i = 0; i < length; i++) {
    if (published[i] === expected[i]) continue;
    const line = expected[i];
    const wanted = line === undefined ? text('没有这一行', 'no such line') : text(line, line);
    const remedy = text(
      '用 redraw 重算；若重算有误，则 seed.txt、exclude.tsv 或 recuse.tsv 与当时不同',
      'run redraw; if the result is the true one, seed.txt, exclude.tsv or recuse.tsv are not what they were',
    );
    return lineFault('result.tsv', i + 1, 'draw.result', published[i] ?? null, wanted, remedy);
  }
  return undefined;
}

function unknownName(file: PublishedFile, line: number, found: string, expected: Text): Fault {
  return lineFault(
    file,
    line,
    'draw.unknown-name',
    found,
    expected,
    text('删去或改正该行', 'remove or correct the line'),
  );
}
