import { z } from 'zod';
import { canonicalJson } from '../canonical.ts';
import { type Fault, fault, type Text, text } from '../fault.ts';
import { type MeasureEffect, type ScopeHistory, scopeState } from './scope.ts';

export const MEASURE_KINDS = ['examination', 'suspension', 'reinstatement', 'withdrawal'] as const;
export type MeasureKind = (typeof MEASURE_KINDS)[number];

export const EXAMINATION_OUTCOMES = ['continue', 'correct', 'suspend', 'withdraw'] as const;
export type ExaminationOutcome = (typeof EXAMINATION_OUTCOMES)[number];

/** What the coordinating body proposes about an accredited body, and a national regulator decides. */
export const BodyMeasure = z
  .strictObject({
    kind: z.enum(MEASURE_KINDS),
    /** The accreditation that it is about; left out: the body as a whole. */
    accreditation: z.uuid().optional(),
    /** Of an examination: its findings. */
    reason: z.string().trim().min(1).max(4000),
    /** First day on which it holds, if it is decided by then. */
    effectiveOn: z.iso.date(),
    outcome: z.enum(EXAMINATION_OUTCOMES).optional(),
    correctBy: z.iso.date().optional(),
  })
  .meta({ id: 'BodyMeasure' });
export type BodyMeasure = z.infer<typeof BodyMeasure>;

/** What a measure does to scopes once it is decided; null: nothing. */
export function effectOf(kind: MeasureKind, outcome: ExaminationOutcome | null): MeasureEffect | null {
  switch (kind) {
    case 'suspension':
      return 'suspended';
    case 'reinstatement':
      return 'reinstated';
    case 'withdrawal':
      return 'withdrawn';
    case 'examination':
      if (outcome === 'suspend') return 'suspended';
      return outcome === 'withdraw' ? 'withdrawn' : null;
  }
}

/** The day from which a measure holds: the proposed one, and never before the day of the decision. */
export function startsOn(effectiveOn: string, decidedOn: string): string {
  return effectiveOn > decidedOn ? effectiveOn : decidedOn;
}

/** What keeps a measure from being proposed: fields that do not fit its kind, or scopes that it could do nothing to. */
export function checkMeasure(measure: BodyMeasure, scopes: readonly ScopeHistory[], today: string): readonly Fault[] {
  const { kind, outcome, correctBy, accreditation } = measure;
  const faults: Fault[] = [];
  if ((kind === 'examination') !== (outcome !== undefined)) faults.push(wrongOutcome(outcome));
  if ((outcome === 'correct') !== (correctBy !== undefined)) faults.push(wrongCorrectBy(correctBy));
  else if (correctBy !== undefined && correctBy <= measure.effectiveOn) faults.push(tooEarly(correctBy));
  const aimed = scopes.filter(({ id }) => accreditation === undefined || id === accreditation);
  if (aimed.length === 0) faults.push(noScope(accreditation));
  const effect = effectOf(kind, outcome ?? null);
  const states = aimed.map((scope) => scopeState(scope, today));
  const live = states.some((state) => state !== 'withdrawn' && state !== 'expired');
  if (aimed.length > 0 && effect === 'reinstated' && !states.includes('suspended')) {
    faults.push(nothingToDo(states.join(', '), text('已暂停的认可', 'a suspended accreditation')));
  } else if (aimed.length > 0 && effect !== null && effect !== 'reinstated' && !live) {
    faults.push(nothingToDo(states.join(', '), text('仍有效或已暂停的认可', 'an accreditation that has not ended')));
  }
  return faults;
}

/** The public record of a measure: RFC 8785 text, hashed into the log when it is decided. */
export function measureDocument(body: string, measure: BodyMeasure, scope: ScopeHistory | null): string {
  return canonicalJson({
    v: 1,
    body,
    kind: measure.kind,
    scope: scope ? { categoryPrefix: scope.categoryPrefix, validFrom: scope.validFrom, validTo: scope.validTo } : null,
    reason: measure.reason,
    effectiveOn: measure.effectiveOn,
    outcome: measure.outcome ?? null,
    correctBy: measure.correctBy ?? null,
  });
}

function wrongOutcome(found: string | undefined): Fault {
  return fault(
    '/outcome',
    'body-measure.outcome',
    found,
    text('考核须有结论，其他措施没有', 'an outcome of an examination, and of nothing else'),
    text('请选择结论，或留空', 'choose an outcome, or leave it out'),
  );
}

function wrongCorrectBy(found: string | undefined): Fault {
  return fault(
    '/correctBy',
    'body-measure.correct-by',
    found,
    text('结论为限期整改时的期限', 'a date where the outcome is to correct, and none elsewhere'),
    text('请填写整改期限，或留空', 'give the date, or leave it out'),
  );
}

function tooEarly(found: string): Fault {
  return fault(
    '/correctBy',
    'date.order',
    found,
    text('晚于生效日期', 'later than the day of effect'),
    text('请改正日期', 'correct the date'),
  );
}

function noScope(found: string | undefined): Fault {
  return fault(
    '/accreditation',
    'body-measure.scope',
    found,
    text('该机构已获批准的一项认可', 'an approved accreditation of this body'),
    text('请核对认可编号，或留空表示全部', 'check its id, or leave it out for all of them'),
  );
}

function nothingToDo(found: string, expected: Text): Fault {
  return fault(
    '/kind',
    'body-measure.state',
    found,
    expected,
    text('请查看该机构的现状', 'look at how the body stands'),
  );
}
