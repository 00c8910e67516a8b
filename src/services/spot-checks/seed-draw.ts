import { z } from 'zod';
import { sha256Hex } from '../../domain/bytes.ts';
import { type Fault, fault, text } from '../../domain/fault.ts';
import { logTime } from '../../domain/log/leaf.ts';
import { parseOutcomes } from '../../domain/spot-checks/entropy.ts';
import { type DrawPlan, parsePlan } from '../../domain/spot-checks/plan.ts';
import { commitmentOf, formatSeed } from '../../domain/spot-checks/seed.ts';
import { jobKey } from '../../jobs/jobs.ts';
import type { Opened } from '../../store/database.ts';
import { addToLog, findLogEntry } from '../../store/log.ts';
import { addToOutbox } from '../../store/outbox.ts';
import { insertDrawFiles, lockDraw, readDrawFile, type StoredDraw, updateDraw } from '../../store/spot-checks.ts';
import { audit } from '../audit.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { conflict, invalid, notFound, Refusal } from '../refusal.ts';
import { transact } from '../transact.ts';
import { drawFile } from './files.ts';

const party = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/u;
const Secrets = z.record(z.string().regex(party), z.string().regex(/^[0-9a-f]{64}$/u));

export const SeedRequest = z
  .strictObject({
    /** The outcome of the planned events, e.g. `dice 27182818284590452353`. */
    entropy: z.string().min(1).max(2000),
    /** Where the event can be looked up: bulletin, film, address. */
    note: z.string().max(500).default(''),
    secrets: Secrets.default({}),
  })
  .meta({ id: 'SeedRequest' });

export const RevealRequest = z.strictObject({ secrets: Secrets }).meta({ id: 'RevealRequest' });

export interface SeededDraw {
  readonly id: string;
  readonly state: 'seeded';
  /** SHA-256 of seed.txt; null while secrets of a sealed draw are still to be revealed. */
  readonly seed: string | null;
}

/** Enters the outcome of the public event, once, and never before its time. With no secrets to wait for, the draw follows. */
export async function seedDraw(
  context: ServiceContext,
  id: string,
  input: z.infer<typeof SeedRequest>,
): Promise<SeededDraw> {
  return transact(context, async (tx) => {
    const { draw, plan } = await openDraw(tx, context, id);
    if (draw.state !== 'committed') throw wrongState(draw, text('已封存、未揭示的抽取', 'a draw that is committed'));
    await refuseTooEarly(tx, draw);
    const outcomes = parseOutcomes(plan.entropy, input.entropy, '/entropy');
    if (!outcomes.ok) throw invalid(outcomes.problem);
    const { userId } = actingOrganisation(context);
    await updateDraw(tx, id, {
      state: 'seeded',
      entropy: input.entropy,
      entropyNote: input.note,
      seededBy: userId,
      seededAt: tx.now,
    });
    const complete = [...plan.commit.keys()].every((name) => Object.hasOwn(input.secrets, name));
    const seed = complete ? await writeSeed(tx, draw, plan, input.entropy, input.secrets) : null;
    await addToLog(tx, {
      t: 'draw.seed',
      id,
      rev: 1,
      plan: draw.planSha256,
      entropy: input.entropy,
      seed,
      at: logTime(tx.now),
    });
    await audit(tx, context, 'draw.seed', id, { entropy: input.entropy });
    return { id, state: 'seeded', seed };
  });
}

/** Reveals the committed secrets of a sealed draw; the result was fixed before and now becomes computable by anyone. */
export async function revealSecrets(
  context: ServiceContext,
  id: string,
  input: z.infer<typeof RevealRequest>,
): Promise<SeededDraw> {
  return transact(context, async (tx) => {
    const { draw, plan } = await openDraw(tx, context, id);
    if (draw.state !== 'seeded' || draw.entropy === null || (await readDrawFile(tx.db, id, 'seed.txt'))) {
      throw wrongState(draw, text('已揭示公共种子、等待各方秘密的抽取', 'a sealed draw that waits for its secrets'));
    }
    const seed = await writeSeed(tx, draw, plan, draw.entropy, input.secrets);
    await addToLog(tx, {
      t: 'draw.seed',
      id,
      rev: 2,
      plan: draw.planSha256,
      entropy: draw.entropy,
      seed,
      at: logTime(tx.now),
    });
    await audit(tx, context, 'draw.seed', id, { revealed: Object.keys(input.secrets) });
    return { id, state: 'seeded', seed };
  });
}

async function openDraw(
  tx: Opened,
  context: ServiceContext,
  id: string,
): Promise<{ draw: StoredDraw; plan: DrawPlan }> {
  const draw = await lockDraw(tx, id);
  authorise(context, 'draw.seed', draw ? { ownerId: draw.regulatorId } : {});
  const file = draw ? await readDrawFile(tx.db, id, 'plan.json') : null;
  if (!draw || !file) throw notFound(text('抽取', 'draw'), '#path/id', id);
  const plan = parsePlan(file.content);
  if (!plan.ok) throw new Error(`the stored plan of ${id} cannot be read: ${JSON.stringify(plan.problem)}`);
  return { draw, plan: plan.value };
}

/** The plan must stand in the log, and its half hour must be over by the register's clock (rd1 §1.5). */
async function refuseTooEarly(tx: Opened, draw: StoredDraw): Promise<void> {
  const logged = await findLogEntry(tx.db, 'draw.plan', draw.id, 1);
  const waitMs = draw.entropyNotBefore.getTime() - tx.now.getTime();
  if (logged && waitMs <= 0) return;
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  throw new Refusal(
    'too-early',
    text('尚未到揭示时间', 'too early for the entropy'),
    [
      fault(
        '/entropy',
        'draw.too-early',
        logTime(tx.now),
        text(`${logTime(draw.entropyNotBefore)} 之后`, `after ${logTime(draw.entropyNotBefore)}`),
        text('请在计划的时间之后录入', 'enter it after the planned time'),
      ),
    ],
    seconds,
  );
}

async function writeSeed(
  tx: Opened,
  draw: StoredDraw,
  plan: DrawPlan,
  entropy: string,
  secrets: Readonly<Record<string, string>>,
): Promise<string> {
  const faults: Fault[] = [];
  for (const [name, commitment] of plan.commit) {
    const secret = Object.hasOwn(secrets, name) ? secrets[name] : undefined;
    if (secret !== undefined && commitmentOf(draw.id, name, secret) === commitment) continue;
    faults.push(
      fault(
        `/secrets/${name}`,
        secret === undefined ? 'draw.secret-missing' : 'draw.secret-wrong',
        null,
        text(`与承诺 ${commitment} 一致的秘密`, `the secret of the commitment ${commitment}`),
        text('请由承诺方重新提供', 'ask the party that committed to it'),
      ),
    );
  }
  for (const name of Object.keys(secrets)) {
    if (plan.commit.has(name)) continue;
    faults.push(
      fault(
        `/secrets/${name}`,
        'draw.secret-unplanned',
        name,
        text('计划中有承诺的一方', 'a party that committed in the plan'),
        text('请删去', 'remove it'),
      ),
    );
  }
  if (faults.length > 0) throw invalid(faults);
  const file = formatSeed({ plan: draw.planSha256, entropy, secrets: new Map(Object.entries(secrets)) });
  await insertDrawFiles(tx, draw.id, [drawFile('seed.txt', file)]);
  await addToOutbox(tx, { jobKey: jobKey('draw-sample', draw.id), kind: 'draw-sample', data: { draw: draw.id } });
  return sha256Hex(file);
}

function wrongState(draw: StoredDraw, expected: { zh: string; en: string }) {
  return conflict(
    text('该抽取不在这一步', 'the draw is not at this step'),
    '#path/id',
    draw.state,
    expected,
    text('请刷新抽取页面，按当前步骤办理', 'reload the page of the draw and do its present step'),
  );
}
