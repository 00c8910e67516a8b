/** 数据有误, 方案适用有误, 利益冲突, 程序. */
export const OBJECTION_KINDS = ['data', 'scheme', 'conflict', 'procedure'] as const;
export type ObjectionKind = (typeof OBJECTION_KINDS)[number];

/** `answer-overdue` is no event: the clock alone says that the other side's time is over and the review goes on. */
export const OBJECTION_STATES = [
  'submitted',
  'not-accepted',
  'accepted',
  'answer-overdue',
  'answered',
  'reviewed',
  'decided',
  'executed',
] as const;
export type ObjectionState = (typeof OBJECTION_STATES)[number];

export const ACCEPTANCES = ['accepted', 'not-accepted'] as const;
export type Acceptance = (typeof ACCEPTANCES)[number];

export const OBJECTION_DECISIONS = ['upheld', 'partly', 'not-upheld'] as const;
export type ObjectionDecision = (typeof OBJECTION_DECISIONS)[number];

/**
 * What follows from a decision. `none`: it is said, and nothing changes. `exclude-row`: the declaration leaves the next
 * edition. `recompute`: the next edition is computed anew, e.g. because a mapping was wrong. `new-edition`: a correcting
 * edition is released for another reason.
 */
export const OBJECTION_EFFECTS = ['none', 'exclude-row', 'recompute', 'new-edition'] as const;
export type ObjectionEffect = (typeof OBJECTION_EFFECTS)[number];

/** Working days: for accepting, counted from the submission; for the other two from the acceptance. */
export const TERMS = { acceptance: 5, answer: 10, decision: 20 } as const;

export const MOST_STATEMENT_CHARACTERS = 2000;
export const MOST_EVIDENCE_FILES = 5;
export const MOST_EVIDENCE_BYTES = 10 * 1024 * 1024;
export const EVIDENCE_TYPES = ['application/pdf', 'image/jpeg', 'image/png'] as const;
