import { dayInBeijing } from '../../domain/calendar/day.ts';
import { text } from '../../domain/fault.ts';
import { SCHEME_STATE_TEXT, type SchemeState, schemeState } from '../../domain/schemes/life.ts';
import type { Scheme } from '../../domain/schemes/scheme.ts';
import { lockName, type Transaction } from '../../store/database.ts';
import { stagesOf, type StoredStage } from '../../store/scheme-stages.ts';
import { findSchemeVersion, type SchemeVersion } from '../../store/schemes.ts';
import { conflict, notFound, type Refusal } from '../refusal.ts';

/** What a version of a scheme is on a day; null: there is none. Only one that is in force may be run for a publication. */
export async function schemeStateOf(
  { db }: Pick<Transaction, 'db'>,
  code: string,
  version: number,
  today: string,
): Promise<SchemeState | null> {
  const found = await findSchemeVersion(db, code, version);
  if (!found) return null;
  return schemeState(await stagesOf(db, code, [version]), today, validityOf(found).validTo);
}

/** A version that an act is about to move on: nobody else moves one of this code until the transaction ends. */
export interface HeldScheme {
  readonly stored: SchemeVersion;
  readonly scheme: Scheme;
  readonly stages: readonly StoredStage[];
  readonly state: SchemeState;
  readonly today: string;
  /** Who proposed it; null for one from before there were proposals. */
  readonly proposedBy: string | null;
}

export async function holdScheme(tx: Transaction, code: string, version: number): Promise<HeldScheme | null> {
  await lockName(tx, `scheme ${code}`);
  const stored = await findSchemeVersion(tx.db, code, version);
  if (!stored) return null;
  const scheme = JSON.parse(stored.document) as Scheme;
  const stages = await stagesOf(tx.db, code, [version]);
  const today = dayInBeijing(tx.now);
  const state = schemeState(stages, today, scheme.validTo);
  const proposedBy = stages.find(({ stage }) => stage === 'objection')?.doneBy ?? null;
  return { stored, scheme, stages, state, today, proposedBy };
}

export function schemeNotFound(code: string, version: number): Refusal {
  return notFound(text('评估方案', 'scheme'), '#path/code', `${code}/${version}`);
}

/** The act does not fit the state that the version is in. */
export function wrongState(state: SchemeState, expected: readonly SchemeState[]): Refusal {
  const list = (lang: 'zh' | 'en') =>
    expected.map((one) => SCHEME_STATE_TEXT[one][lang]).join(lang === 'zh' ? '、' : ', ');
  return conflict(
    text(`方案${SCHEME_STATE_TEXT[state].zh}，不能办理`, `the scheme is ${SCHEME_STATE_TEXT[state].en}`),
    '#path/version',
    state,
    text(list('zh'), list('en')),
    text('请按方案所处阶段办理', 'do what the stage of the scheme allows'),
  );
}

function validityOf({ document }: SchemeVersion): Pick<Scheme, 'validTo'> {
  return JSON.parse(document) as Scheme;
}
