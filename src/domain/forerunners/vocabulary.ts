/** `edition`: the grade-one rows of an edition of the ranking list; `renewal`: entries of the forerunner list, before they expire. */
export const ROUND_KINDS = ['edition', 'renewal'] as const;
export type RoundKind = (typeof ROUND_KINDS)[number];

/** `checking`: the time of the enterprises is over, or all of them have given their papers. */
export const ROUND_STATES = [
  'confirming',
  'checking',
  'shortlisted',
  'objection',
  'objections-over',
  'published',
  'ended',
] as const;
export type RoundState = (typeof ROUND_STATES)[number];

/** Working days in which enterprises confirm and send their reports; the body may give more, to this many. */
export const CONFIRMATION_DAYS = 10;
export const MOST_CONFIRMATION_DAYS = 60;

/** 量产的定型产品, 广泛提供的服务 (84号意见): the first is of products, the second of services. */
export const PROVISIONS = ['mass-produced', 'widely-provided'] as const;
export type Provision = (typeof PROVISIONS)[number];

/** 资质认定, 实验室认可: what lets a laboratory issue the report. */
export const LABORATORY_MARKS = ['CMA', 'CNAS'] as const;

export const MOST_REPORT_BYTES = 10 * 1024 * 1024;
/** A report may be sent again until the short-list, so often. */
export const MOST_REPORTS = 5;
export const REPORT_TYPES = ['application/pdf', 'image/jpeg', 'image/png'] as const;

/** Records that are looked up of every candidate (DOMAIN 4.1, rule 6), whatever the scheme asks for. */
export const RECORDS = ['credit-record', 'quality-record', 'environment-record'] as const;
export type RecordKind = (typeof RECORDS)[number];

/** `not-found`: the source says nothing of it, which is no trouble in a record and no proof of a requirement. */
export const CHECK_RESULTS = ['clear', 'trouble', 'not-found'] as const;

/** Why a candidate is not listed. */
export const LEFT_OUT_REASONS = [
  'no-commitment',
  'no-report',
  'no-checks',
  'record-trouble',
  'requirement-trouble',
  'requirement-not-shown',
  'declaration-ended',
  'declaration-revised',
  'decided-out',
] as const;
export type LeftOutReason = (typeof LEFT_OUT_REASONS)[number];

/** Why an entry left the list; `expired` and `decided-out` of a round are written by the register itself. */
export const REMOVAL_CAUSES = [
  'standard-ended',
  'standard-replaced',
  'objection',
  'quality-trouble',
  'credit-trouble',
  'environment-trouble',
  'enterprise',
  'expired',
] as const;
export type RemovalCause = (typeof REMOVAL_CAUSES)[number];

/** Causes that a person gives. */
export const GIVEN_CAUSES = REMOVAL_CAUSES.filter((cause) => cause !== 'expired') as Exclude<RemovalCause, 'expired'>[];

export const EDITION_KINDS = ['round', 'removal'] as const;
