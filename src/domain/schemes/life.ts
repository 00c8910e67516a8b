import { type Text, text } from '../fault.ts';

/** Steps of a version: 公示, 生效, 退役, 退回. Each is a row that stays. */
export const SCHEME_STAGES = ['objection', 'in-force', 'retired', 'returned'] as const;
export type SchemeStageName = (typeof SCHEME_STAGES)[number];

export interface SchemeStage {
  readonly stage: SchemeStageName;
  /** The first day, in Beijing, on which it holds. */
  readonly effectiveOn: string;
  /** Of an objection period: the last day on which objections are taken. */
  readonly objectionsUntil: string | null;
}

/** What a version is on a day: its stages, and what follows from the day alone (公示期满, 待生效, 已过有效期). */
export const SCHEME_STATES = [
  'objection',
  'objections-over',
  'upcoming',
  'in-force',
  'expired',
  'retired',
  'returned',
] as const;
export type SchemeState = (typeof SCHEME_STATES)[number];

/**
 * The state of a version on `today`, by its stages in their order and the last day of its validity. The newest stage that
 * has taken effect decides; so an earlier day may be asked about as well.
 */
export function schemeState(stages: readonly SchemeStage[], today: string, validTo: string): SchemeState {
  const holding = stages.filter(({ effectiveOn }) => effectiveOn <= today).at(-1) ?? stages[0];
  if (!holding) throw new Error('a version has at least one stage');
  switch (holding.stage) {
    case 'objection':
      if (stages.some(({ stage }) => stage === 'in-force')) return 'upcoming';
      return today <= (holding.objectionsUntil ?? '') ? 'objection' : 'objections-over';
    case 'in-force':
      if (holding.effectiveOn > today) return 'upcoming';
      return today > validTo ? 'expired' : 'in-force';
    case 'retired':
    case 'returned':
      return holding.stage;
  }
}

/** The day from which a version brought into force on `today` holds: not before its own validity begins. */
export function entryDay(today: string, validFrom: string): string {
  return today > validFrom ? today : validFrom;
}

/** Whether the body still has to decide what becomes of a proposed version. */
export function isUndecided(state: SchemeState): boolean {
  return state === 'objection' || state === 'objections-over';
}

export const SCHEME_STATE_TEXT: Readonly<Record<SchemeState, Text>> = {
  objection: text('公示中', 'in its objection period'),
  'objections-over': text('公示期满，待决定', 'past its objection period, undecided'),
  upcoming: text('待生效', 'decided, not yet in force'),
  'in-force': text('现行有效', 'in force'),
  expired: text('已过有效期', 'past its validity'),
  retired: text('已退役', 'retired'),
  returned: text('已退回草稿', 'returned to draft'),
};
