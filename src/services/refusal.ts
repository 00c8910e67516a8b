import { type Fault, fault, type Text, text } from '../domain/fault.ts';
import { isConnectionLoss } from '../store/errors.ts';

/** Every expected way in which an act may be refused; the HTTP floor gives each its status. */
export const REFUSAL_CODES = [
  'invalid',
  'unauthenticated',
  'forbidden',
  'not-found',
  'conflict',
  'stale',
  'precondition-required',
  'key-required',
  'key-reused',
  'in-flight',
  'too-many',
  'too-early',
  'withheld',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** An act refused for a reason that the asker can understand and mend; nothing was changed. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly code: RefusalCode;
  readonly title: Text;
  readonly faults: readonly Fault[];
  /** Seconds after which trying again makes sense. */
  readonly retryAfter: number | null;

  constructor(code: RefusalCode, title: Text, faults: readonly Fault[] = [], retryAfter: number | null = null) {
    super(title.en);
    this.code = code;
    this.title = title;
    this.faults = faults;
    this.retryAfter = retryAfter;
  }
}

export function invalid(faults: readonly Fault[]): Refusal {
  return new Refusal('invalid', text(`有 ${faults.length} 处需要修改`, `${faults.length} thing(s) to correct`), faults);
}

export function notFound(what: Text, at: string, found: string): Refusal {
  return new Refusal('not-found', text(`没有这个${what.zh}`, `there is no such ${what.en}`), [
    fault(
      at,
      'not-found',
      found,
      text(`已公开、且您可以查看的${what.zh}`, `an existing ${what.en} that you may see`),
      text('请核对编号', 'check the identifier'),
    ),
  ]);
}

export function conflict(title: Text, at: string, found: string | null, expected: Text, remedy: Text): Refusal {
  return new Refusal('conflict', title, [fault(at, 'conflict', found, expected, remedy)]);
}

/** The database cannot be reached: the asker may try again, and an idempotency key makes that harmless. */
export function isUnavailable(error: unknown): boolean {
  return isConnectionLoss(error);
}
