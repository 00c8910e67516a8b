import { z } from 'zod';
import { type Fault, fault, text } from '../fault.ts';
import type { Scheme } from '../schemes/scheme.ts';
import { DeclarationId } from './input.ts';
import { CHECK_RESULTS, type LeftOutReason, type RecordKind, RECORDS } from './vocabulary.ts';

/** What was looked up about one thing: where, when, and what was found. */
export const Check = z
  .strictObject({
    /** A record, or `requirement/<code>` of the scheme. */
    about: z.string().max(60),
    result: z.enum(CHECK_RESULTS),
    source: z.string().trim().min(1).max(300),
    checkedOn: z.iso.date(),
    note: z.string().trim().max(1000).default(''),
    /** Of a copy that the body keeps. */
    evidenceSha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/u)
      .nullish(),
  })
  .meta({ id: 'ForerunnerCheck' });
export type Check = z.infer<typeof Check>;

/** All checks of one candidate, entered together; the next entry takes their place until they are confirmed. */
export const Checks = z
  .strictObject({ declaration: DeclarationId, checks: z.array(Check).min(1).max(40) })
  .meta({ id: 'ForerunnerChecks' });
export type Checks = z.infer<typeof Checks>;

const REQUIREMENT = 'requirement/';

/** What has to be looked up of every candidate of a scheme: three records, and each basic requirement. */
export function checksAskedBy({ requirements = [] }: Pick<Scheme, 'requirements'>): readonly string[] {
  return [...RECORDS, ...requirements.map(({ code }) => `${REQUIREMENT}${code}`)];
}

/** Each thing once and none beside it; looked up by today; trouble is said in words. */
export function checkChecks({ checks }: Checks, asked: readonly string[], today: string): readonly Fault[] {
  const given = checks.map(({ about }) => about);
  const missing = asked.filter((about) => !given.includes(about)).map((about) => missingCheck(about));
  return [
    ...missing,
    ...checks.flatMap((check, i): Fault[] => {
      const at = `/checks/${i}`;
      if (!asked.includes(check.about) || given.indexOf(check.about) !== i) return [strangeCheck(at, check.about)];
      if (check.checkedOn > today) return [lateCheck(at, check.checkedOn, today)];
      return check.result === 'trouble' && check.note === '' ? [wordlessTrouble(at)] : [];
    }),
  ];
}

/** Why these checks keep a candidate off the list. */
export function reasonsIn(checks: readonly Pick<Check, 'about' | 'result'>[]): readonly Because[] {
  return checks.flatMap(({ about, result }): Because[] => {
    if (result === 'clear') return [];
    const isRecord = RECORDS.includes(about as RecordKind);
    if (isRecord) return result === 'trouble' ? [{ reason: 'record-trouble', about }] : [];
    return [{ reason: result === 'trouble' ? 'requirement-trouble' : 'requirement-not-shown', about }];
  });
}

/** A reason for leaving out, with the record, requirement, standard or objection that it is about. */
export interface Because {
  readonly reason: LeftOutReason;
  readonly about: string | null;
}

function missingCheck(about: string): Fault {
  const expected = text('每一项都有核查结论', 'a result for everything that has to be looked up');
  return fault('/checks', 'forerunner.check-missing', about, expected, text('请补充该项', 'add it'));
}

function strangeCheck(at: string, found: string): Fault {
  const expected = text(
    '三项记录和方案的基本要求，各一次',
    'the three records and the requirements of the scheme, once',
  );
  return fault(
    `${at}/about`,
    'forerunner.check-unknown',
    found,
    expected,
    text('请删去或改正', 'correct or remove it'),
  );
}

function lateCheck(at: string, found: string, today: string): Fault {
  const expected = text(`不晚于今天（${today}）`, `not after today (${today})`);
  return fault(`${at}/checkedOn`, 'date.future', found, expected, text('请改正日期', 'correct the date'));
}

function wordlessTrouble(at: string): Fault {
  const expected = text('问题是什么', 'what the trouble is');
  return fault(`${at}/note`, 'forerunner.check-note', null, expected, text('请在说明中写明', 'say it in the note'));
}
