import { sha256Hex } from '../../domain/bytes.ts';
import { dayInBeijing } from '../../domain/calendar/day.ts';
import { type CanonicalValue, canonicalJson } from '../../domain/canonical.ts';
import { text } from '../../domain/fault.ts';
import { logTime } from '../../domain/log/leaf.ts';
import { isUndecided, schemeState } from '../../domain/schemes/life.ts';
import { hasOverallGrade, type Scheme } from '../../domain/schemes/scheme.ts';
import { lockName, type Opened } from '../../store/database.ts';
import { addToLog } from '../../store/log.ts';
import { insertStage, stagesOf } from '../../store/scheme-stages.ts';
import { findLatestScheme, insertSchemeVersion } from '../../store/schemes.ts';
import { audit } from '../audit.ts';
import { accreditedFor } from '../comparisons/accredited.ts';
import { actingOrganisation, authorise, type ServiceContext } from '../context.ts';
import { conflict, invalid } from '../refusal.ts';
import { transact } from '../transact.ts';
import { checkProposal } from './check-proposal.ts';
import { removeSchemeDraft } from './drafts.ts';
import { objectionsUntil } from './objection-period.ts';

export interface ProposedScheme {
  readonly code: string;
  readonly version: number;
  readonly sha256: string;
  /** The last day, in Beijing, on which objections are taken. */
  readonly objectionsUntil: string;
  /** False: fewer than three core indicators, so its lists have tiers per indicator and no overall grade. */
  readonly overall: boolean;
}

/**
 * Opens the objection period (公示) of the next version of a scheme: the document is frozen, public and never changed after.
 * `from` names the draft that it was, which ends with it. No fee is asked for, and no association standard.
 */
export async function openObjectionPeriod(
  context: ServiceContext,
  scheme: Scheme,
  from?: { readonly id: string; readonly revision: number },
): Promise<ProposedScheme> {
  const document = canonicalJson(JSON.parse(JSON.stringify(scheme)) as CanonicalValue);
  const sha256 = sha256Hex(document);
  const { code, version, category } = scheme;
  return transact(context, async (tx) => {
    authorise(context, 'scheme.propose', await accreditedFor(tx, context, category));
    const { organisation, userId } = actingOrganisation(context);
    const today = dayInBeijing(tx.now);
    const faults = await checkProposal(tx, scheme, today);
    if (faults.length > 0) throw invalid(faults);
    await lockName(tx, `scheme ${code}`);
    await refuseUnlessNext(tx, scheme, organisation.id, today);
    const until = await objectionsUntil(tx, scheme, today);
    await insertSchemeVersion(tx, {
      code,
      version,
      bodyId: organisation.id,
      category,
      document,
      documentSha256: sha256,
      publishedBy: userId,
      publishedAt: tx.now,
    });
    await insertStage(tx, {
      code,
      version,
      stage: 'objection',
      effectiveOn: today,
      objectionsUntil: until,
      doneBy: userId,
    });
    const entry = { id: code, rev: version, body: organisation.creditCode, doc: sha256, until, at: logTime(tx.now) };
    await addToLog(tx, { t: 'scheme.proposed', ...entry });
    if (from) await removeSchemeDraft(tx, from.id, from.revision);
    await audit(tx, context, 'scheme.propose', `${code}/${version}`, { sha256, objectionsUntil: until });
    return { code, version, sha256, objectionsUntil: until, overall: hasOverallGrade(scheme) };
  });
}

/** The code is the body's own, the number the next one, and nothing of the same code waits for a decision. */
async function refuseUnlessNext(tx: Opened, { code, version }: Scheme, bodyId: string, today: string): Promise<void> {
  const latest = await findLatestScheme(tx.db, code);
  if (latest && latest.bodyId !== bodyId) throw takenCode(code);
  const next = (latest?.version ?? 0) + 1;
  if (version !== next) throw wrongVersion(version, next);
  if (!latest) return;
  const { validTo } = JSON.parse(latest.document) as Scheme;
  if (isUndecided(schemeState(await stagesOf(tx.db, code, [latest.version]), today, validTo)))
    throw undecidedVersion(code, latest.version);
}

function takenCode(code: string) {
  return conflict(
    text('该方案代号属于另一机构', 'this scheme code is another body’s'),
    '/code',
    code,
    text('本机构的代号', 'a code of your own'),
    text('请换一个代号', 'choose another code'),
  );
}

function wrongVersion(found: number, expected: number) {
  return conflict(
    text('方案版本不连续', 'not the next version of the scheme'),
    '/version',
    String(found),
    text(`版本 ${expected}`, `version ${expected}`),
    text('已公示的版本不可改；请用下一个版本号', 'a proposed version is never changed; take the next number'),
  );
}

function undecidedVersion(code: string, version: number) {
  return conflict(
    text(`第 ${version} 版尚未决定`, `version ${version} is undecided`),
    '/code',
    `${code}/${version}`,
    text('先决定上一个版本：生效或退回', 'that version in force, or returned'),
    text('请先使其生效，或退回草稿', 'bring it into force, or return it to draft, first'),
  );
}
