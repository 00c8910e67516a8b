import { z } from 'zod';
import { type Fault, fault, type Text, text } from '../fault.ts';
import { parseShape } from '../shape.ts';
import { BeaconAnswer, bindChain, isSigned, randomnessOf, roundTimeMs } from './beacon.ts';
import { type Check, judged, notProvable, unread } from './check.ts';
import { type EntropyEvent, formatEvent, parseOutcomes } from './entropy.ts';
import type { PublishedFiles } from './names.ts';
import type { DrawPlan } from './plan.ts';
import type { PublishedDraw } from './published.ts';
import { commitmentOf, type Seed } from './seed.ts';
import { decodeText } from './text-file.ts';

const FILE = 'entropy.json';

/** Everything about where the seed comes from: the planned events, the secrets, and what a beacon signed. */
export function checkEntropy(files: PublishedFiles, { plan, seed }: PublishedDraw): readonly Check[] {
  const match = text('种子的熵正是计划中的事件', 'the seed’s entropy is that of the planned events');
  const secrets = text('秘密与计划中的承诺一致', 'the secrets match the commitments of the plan');
  if (!plan.ok || !seed.ok) return [unread('entropy', match), unread('secrets', secrets)];
  const outcomes = parseOutcomes(plan.value.entropy, seed.value.entropy);
  return [
    judged('entropy', match, outcomes.ok ? [] : outcomes.problem),
    judged('secrets', secrets, secretFaults(plan.value, seed.value)),
    ...checkSources(files, plan.value, outcomes.ok ? outcomes.value : []),
  ];
}

function secretFaults(plan: DrawPlan, seed: Seed): readonly Fault[] {
  const revealed = [...seed.secrets].flatMap(([party, secret], i) => {
    const commitment = plan.commit.get(party);
    const found = commitmentOf(plan.draw, party, secret);
    if (commitment === found) return [];
    const expected =
      commitment === undefined
        ? text('只有 plan.json#/commit 中的参与方', 'only the parties of plan.json#/commit')
        : text(`承诺 ${commitment} 的秘密`, `the secret of the commitment ${commitment}`);
    return [secretFault(`seed.txt:${i + 4}`, commitment === undefined ? party : found, expected)];
  });
  const silent = [...plan.commit.keys()]
    .filter((party) => !seed.secrets.has(party))
    .map((party) => secretFault('seed.txt', null, text(`参与方 ${party} 的秘密`, `the secret of the party ${party}`)));
  return [...revealed, ...silent];
}

/** Whether the value is the event's true outcome: a beacon shows it by its signature, other sources show it elsewhere. */
function checkSources(files: PublishedFiles, plan: DrawPlan, values: readonly string[]): readonly Check[] {
  const kinds = new Set(plan.entropy.map(({ kind }) => kind));
  const checks: Check[] = [];
  if (kinds.has('drand') || files.has(FILE)) checks.push(checkBeacons(files, plan, values));
  for (const kind of ['dice', 'lottery', 'nist'] as const) {
    if (kinds.has(kind)) checks.push(notProvable(kind, TRUTH[kind], EVIDENCE[kind]));
  }
  return checks;
}

const TRUTH: Readonly<Record<'dice' | 'lottery' | 'nist', Text>> = {
  dice: text('骰子确实掷出这些数字', 'the dice did fall like this'),
  lottery: text('彩票确实开出这些号码', 'the lotteries did draw these numbers'),
  nist: text('NIST 信标确实发布此脉冲', 'the NIST beacon did publish this pulse'),
};
const EVIDENCE: Readonly<Record<'dice' | 'lottery' | 'nist', Text>> = {
  dice: text('请看现场录像', 'see the film of the rolls'),
  lottery: text('请核对开奖公告', 'compare the lottery’s bulletin'),
  nist: text('请在信标网站核对', 'compare the beacon’s own site'),
};

function checkBeacons(files: PublishedFiles, plan: DrawPlan, values: readonly string[]): Check {
  const title = text('信标的签名、轮次与时间', 'signature, round and time of the beacon');
  const bytes = files.get(FILE);
  if (bytes === undefined) {
    const note = text(
      '未公布 entropy.json，可向 drand 查询该轮',
      'entropy.json is not published; ask drand for the round',
    );
    return notProvable('beacon', title, note);
  }
  const answers = parseAnswers(bytes);
  if (!answers.ok) return judged('beacon', title, answers.problem);
  const faults: Fault[] = [];
  let isOpen = false;
  answers.value.forEach((answer, i) => {
    const index = plan.entropy.findIndex((event) => event.kind === 'drand' && formatEvent(event) === answer.part);
    const event = plan.entropy[index];
    const at = `${FILE}#/${i}`;
    if (event?.kind !== 'drand') {
      faults.push(beaconFault(`${at}/part`, answer.part, text('计划中的 drand 事件', 'a drand event of the plan')));
      return;
    }
    faults.push(...answerFaults(at, answer, event, values[index], plan.entropyNotBefore));
    if (bindChain(answer) === 'unknown') isOpen = true;
  });
  const answered = new Set(answers.value.map(({ part }) => part));
  const missing = plan.entropy.filter((event) => event.kind === 'drand' && !answered.has(formatEvent(event)));
  if (faults.length > 0 || (missing.length === 0 && !isOpen)) return judged('beacon', title, faults);
  const note =
    missing.length > 0
      ? text(
          `entropy.json 缺少：${missing.map(formatEvent).join('; ')}`,
          `not in entropy.json: ${missing.map(formatEvent).join('; ')}`,
        )
      : text('链的公钥无法由链哈希核对（缺 groupHash）', 'the chain’s key cannot be tied to its hash (no groupHash)');
  return notProvable('beacon', title, note);
}

function answerFaults(
  at: string,
  answer: BeaconAnswer,
  event: EntropyEvent & { readonly kind: 'drand' },
  value: string | undefined,
  notBefore: string | undefined,
): readonly Fault[] {
  const { chain, beacon } = answer;
  const faults: Fault[] = [];
  const demand = (holds: boolean, place: string, found: unknown, expected: Text): void => {
    if (!holds) faults.push(beaconFault(`${at}${place}`, found, expected));
  };
  demand(chain.hash === event.chain, '/chain/hash', chain.hash, text(`链 ${event.chain}`, `the chain ${event.chain}`));
  demand(
    bindChain(answer) !== 'foreign',
    '/chain',
    chain.public_key,
    text('链哈希所对应的公钥、周期与起点', 'the key, period and start that the chain’s hash stands for'),
  );
  demand(
    String(beacon.round) === event.round,
    '/beacon/round',
    beacon.round,
    text(`轮次 ${event.round}`, `the round ${event.round}`),
  );
  const randomness = randomnessOf(answer);
  demand(
    beacon.randomness === randomness,
    '/beacon/randomness',
    beacon.randomness,
    text(`签名的 SHA-256 ${randomness}`, `the SHA-256 of the signature ${randomness}`),
  );
  demand(
    value === undefined || value === randomness,
    '/beacon/signature',
    randomness,
    text(`seed.txt 第 3 行的值 ${value}`, `the value in line 3 of seed.txt ${value}`),
  );
  demand(
    isSigned(answer),
    '/beacon/signature',
    beacon.signature,
    text('该链对该轮的有效签名', 'the chain’s valid signature of the round'),
  );
  const time = roundTimeMs(answer);
  demand(
    notBefore === undefined || time >= Date.parse(notBefore),
    '/beacon/round',
    `${beacon.round} = ${new Date(time).toISOString()}`,
    text(`不早于 ${notBefore}`, `not before ${notBefore}`),
  );
  return faults;
}

function parseAnswers(bytes: Uint8Array): ReturnType<typeof parseShape<z.ZodArray<typeof BeaconAnswer>>> {
  try {
    return parseShape(z.array(BeaconAnswer), JSON.parse(decodeText(bytes)), `${FILE}#`);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const expected = text('JSON 数组，每个信标一项', 'a JSON array, one item for each beacon');
    return { ok: false, problem: [beaconFault(FILE, error.message, expected)] };
  }
}

function secretFault(at: string, found: string | null, expected: Text): Fault {
  const remedy = text(
    '公布当时承诺的秘密；不能公布则抽取作废',
    'reveal the secret that was committed to, or void the draw',
  );
  return fault(at, 'draw.secret', found, expected, remedy);
}

function beaconFault(at: string, found: unknown, expected: Text): Fault {
  return fault(
    at,
    'draw.beacon',
    found,
    expected,
    text('向 drand 重新取该轮的原始回答', 'fetch the round’s raw answer from drand again'),
  );
}
