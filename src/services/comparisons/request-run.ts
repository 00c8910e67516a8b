import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../../domain/canonical.ts';
import { dayInBeijing } from '../../domain/calendar/day.ts';
import { fault, text } from '../../domain/fault.ts';
import { checkScheme } from '../../domain/schemes/check-scheme.ts';
import { Scheme } from '../../domain/schemes/scheme.ts';
import { parseShape } from '../../domain/shape.ts';
import { jobKey } from '../../jobs/jobs.ts';
import { type ComparisonRun, insertRun } from '../../store/comparison-runs.ts';
import type { Opened } from '../../store/database.ts';
import { logSize } from '../../store/log.ts';
import { addToOutbox } from '../../store/outbox.ts';
import { findLatestEdition } from '../../store/ranking-lists.ts';
import { findSchemeDraft } from '../../store/scheme-drafts.ts';
import { findSchemeVersion } from '../../store/schemes.ts';
import { audit } from '../audit.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { conflict, invalid, notFound } from '../refusal.ts';
import { schemeStateOf, wrongState } from '../schemes/scheme-state.ts';
import { transact } from '../transact.ts';
import { accreditedFor } from './accredited.ts';
import { decisionsOfRun, mappingsOfRun } from './premises-of-run.ts';

const cutOff = {
  /** Compare what the first N public entries hold; left out: all entries so far. */
  logSize: z.int().min(0).optional(),
};

/** A run of a scheme in force, for the next edition; one that corrects the newest edition says why; or a trial. */
export const RunRequest = z
  .strictObject({
    scheme: z.string().max(30),
    version: z.int().min(1),
    kind: z.enum(['regular', 'correction', 'trial']).default('regular'),
    reason: z.string().trim().min(1).max(500).optional(),
    ...cutOff,
  })
  .meta({ id: 'ComparisonRunRequest' });

/** A trial of a draft scheme: it shows what the thresholds would do, and is never published. */
export const TrialRequest = z.strictObject({ draft: z.uuid(), ...cutOff }).meta({ id: 'ComparisonTrialRequest' });

export interface RequestedRun {
  readonly id: string;
  readonly scheme: string;
  readonly version: number | null;
  readonly kind: ComparisonRun['kind'];
  readonly logSize: number;
  readonly state: 'requested';
}

/** Asks for a comparison on a frozen cut-off; a worker does it, and its result is a draft until two persons release it. */
export async function requestRun(context: ServiceContext, input: z.input<typeof RunRequest>): Promise<RequestedRun> {
  return transact(context, async (tx) => {
    const { scheme: code, version, kind = 'regular', reason, logSize: asked } = input;
    const scheme = await findSchemeVersion(tx.db, code, version);
    authorise(context, 'comparison.request', {
      ...(await accreditedFor(tx, context, scheme?.category ?? '')),
      ...(scheme ? { ownerId: scheme.bodyId } : {}),
    });
    if (!scheme) throw notFound(text('评估方案', 'scheme'), '/scheme', `${code}/${version}`);
    const state = await schemeStateOf(tx, code, version, dayInBeijing(tx.now));
    if (kind !== 'trial' && state !== 'in-force') throw wrongState(state ?? 'retired', ['in-force']);
    if (kind === 'correction') await mustCorrect(tx, code, reason);
    return startRun(tx, context, {
      schemeCode: code,
      schemeVersion: version,
      schemeDocument: null,
      category: scheme.category,
      kind,
      correction: kind === 'correction' ? (reason ?? null) : null,
      logSize: asked,
    });
  });
}

/** Asks for a trial of a draft; the draft is frozen with the run. */
export async function requestTrial(
  context: ServiceContext,
  input: z.infer<typeof TrialRequest>,
): Promise<RequestedRun> {
  return transact(context, async (tx) => {
    const draft = await findSchemeDraft(tx, input.draft);
    const read = parseShape(Scheme, draft?.content, '/draft');
    const category = read.ok ? read.value.category : '';
    authorise(context, 'comparison.request', {
      ...(await accreditedFor(tx, context, category)),
      ...(draft ? { ownerId: actingOrganisation(context).organisation.id } : {}),
    });
    if (!draft) throw notFound(text('方案草稿', 'draft of a scheme'), '/draft', input.draft);
    const faults = read.ok ? checkScheme(read.value) : read.problem;
    if (!read.ok || faults.length > 0) throw invalid(faults);
    return startRun(tx, context, {
      schemeCode: read.value.code,
      schemeVersion: null,
      schemeDocument: canonicalJson(JSON.parse(JSON.stringify(read.value))),
      category,
      kind: 'trial',
      correction: null,
      logSize: input.logSize,
    });
  });
}

type Started = Pick<ComparisonRun, 'schemeCode' | 'schemeVersion' | 'kind' | 'correction'> & {
  readonly schemeDocument: string | null;
  readonly category: string;
  readonly logSize: number | undefined;
};

async function startRun(tx: Opened, context: ServiceContext, started: Started): Promise<RequestedRun> {
  const { organisation, userId } = actingOrganisation(context);
  const { category, logSize: asked, schemeDocument, ...rest } = started;
  const size = await logSize(tx.db);
  if (asked !== undefined && asked > size) throw invalid([tooFar(asked, size)]);
  const run = {
    ...rest,
    id: `run-${randomBytes(9).toString('base64url').replace(/[-_]/gu, 'x')}`,
    bodyId: organisation.id,
    logSize: asked ?? size,
    requestedBy: userId,
    mappings: canonicalJson(await mappingsOfRun(tx, organisation.id, category)),
    decisions: canonicalJson(await decisionsOfRun(tx, rest.schemeCode, asked ?? size)),
  };
  await insertRun(tx, run, schemeDocument);
  await addToOutbox(tx, { jobKey: jobKey('run-comparison', run.id), kind: 'run-comparison', data: { run: run.id } });
  const { schemeCode: scheme, schemeVersion: version, kind } = run;
  await audit(tx, context, 'comparison.request', run.id, { scheme, version, kind, logSize: run.logSize });
  return { id: run.id, scheme, version, kind, logSize: run.logSize, state: 'requested' };
}

async function mustCorrect(tx: Opened, code: string, reason: string | undefined): Promise<void> {
  if (reason === undefined)
    throw invalid([
      fault(
        '/reason',
        'correction.reason',
        null,
        text('更正的原因', 'the reason of the correction'),
        text('请写明更正了什么、为什么', 'say what is corrected, and why'),
      ),
    ]);
  if (await findLatestEdition(tx.db, code)) return;
  throw conflict(
    text('尚无可更正的期次', 'there is no edition to correct'),
    '/kind',
    'correction',
    text('已发布的期次', 'a published edition'),
    text('请改为 regular', 'ask for a regular run'),
  );
}

function tooFar(found: number, size: number) {
  return fault(
    '/logSize',
    'log-size.beyond',
    found,
    text(`不大于公开日志当前的条数 ${size}`, `at most ${size}, the present size of the public log`),
    text('请改小，或省略该字段', 'make it smaller, or leave it out'),
  );
}
