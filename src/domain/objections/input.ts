import { z } from 'zod';
import { type Fault, fault, text } from '../fault.ts';
import { ObjectionObject } from './object.ts';
import {
  ACCEPTANCES,
  MOST_STATEMENT_CHARACTERS,
  OBJECTION_DECISIONS,
  OBJECTION_EFFECTS,
  OBJECTION_KINDS,
} from './vocabulary.ts';

const reasons = z.string().trim().min(1).max(4000);

export const NewObjection = z
  .strictObject({
    object: ObjectionObject,
    kind: z.enum(OBJECTION_KINDS),
    statement: z.string().trim().min(1).max(MOST_STATEMENT_CHARACTERS),
    /** How to reach who objects; seen by those who handle it, and never public. May be left out. */
    contact: z.string().trim().max(200).default(''),
  })
  .meta({ id: 'NewObjection' });
export type NewObjection = z.infer<typeof NewObjection>;

export const ObjectionAcceptance = z
  .strictObject({ acceptance: z.enum(ACCEPTANCES), reason: z.string().trim().max(1000).default('') })
  .meta({ id: 'ObjectionAcceptance' });
export type ObjectionAcceptance = z.infer<typeof ObjectionAcceptance>;

export const ObjectionAnswer = z.strictObject({ answer: reasons }).meta({ id: 'ObjectionAnswer' });
export type ObjectionAnswer = z.infer<typeof ObjectionAnswer>;

export const ObjectionReview = z
  .strictObject({ recommendation: z.enum(OBJECTION_DECISIONS), reasons })
  .meta({ id: 'ObjectionReview' });
export type ObjectionReview = z.infer<typeof ObjectionReview>;

export const ObjectionRuling = z
  .strictObject({ decision: z.enum(OBJECTION_DECISIONS), reasons, effect: z.enum(OBJECTION_EFFECTS) })
  .meta({ id: 'ObjectionRuling' });
export type ObjectionRuling = z.infer<typeof ObjectionRuling>;

export const ObjectionExecution = z
  .strictObject({ remark: z.string().trim().min(1).max(1000) })
  .meta({ id: 'ObjectionExecution' });
export type ObjectionExecution = z.infer<typeof ObjectionExecution>;

/** Who is sent away is told why. */
export function checkAcceptance({ acceptance, reason }: ObjectionAcceptance): readonly Fault[] {
  if (acceptance === 'accepted' || reason !== '') return [];
  return [
    fault(
      '/reason',
      'objection.reason',
      reason,
      text('不受理的理由', 'the reason for not accepting it'),
      text('请写明理由，理由公开', 'give the reason; it is public'),
    ),
  ];
}

/** An effect follows only from an objection that is upheld, and a row can leave only where there is one. */
export function checkRuling({ decision, effect }: ObjectionRuling, object: ObjectionObject): readonly Fault[] {
  if (decision === 'not-upheld' && effect !== 'none') {
    return [wrongEffect(effect, text('不成立的异议没有后果（none）', 'none: it is not upheld'))];
  }
  if (effect === 'exclude-row' && !('declaration' in object)) {
    return [wrongEffect(effect, text('异议针对的不是一行，不能移出', 'another effect: it is about no row'))];
  }
  return [];
}

function wrongEffect(found: string, expected: ReturnType<typeof text>): Fault {
  return fault('/effect', 'objection.effect', found, expected, text('请改选后果', 'choose another effect'));
}
