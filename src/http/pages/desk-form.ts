import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Fault } from '../../domain/fault.ts';
import { Refusal } from '../../services/refusal.ts';
import type { SummaryLine } from '../../views/components/error-summary.tsx';
import type { AtDesk } from '../../views/desk/desk-layout.tsx';
import { type Frame, words } from '../../views/frame.ts';
import type { Member } from './desk.ts';

/** A form as it was posted: texts only, in the order of the page. */
export type Typed = Readonly<Record<string, string>>;

export interface DeskRequest {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly frame: Frame;
  readonly member: Member;
}

export function typedIn(request: FastifyRequest): Typed {
  const body = (request.body ?? {}) as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, typeof value === 'string' ? value : '']),
  );
}

export function atDesk({ organisation, role }: Member): AtDesk {
  return { kind: organisation.kind, role, creditCode: organisation.creditCode };
}

/** Each fault at the field whose name stands last in its pointer, or at `otherwise`: found, expected, how to mend it. */
export function messagesOf(
  frame: Frame,
  faults: readonly Fault[],
  fields: readonly string[],
  otherwise: string,
): readonly SummaryLine[] {
  return faults.map(({ at, found, expected, remedy }) => {
    const field = at.split('/').findLast((step) => fields.includes(step)) ?? otherwise;
    const colon = frame.lang === 'zh' ? '：' : ': ';
    const shown = found === null ? '' : `${found}${colon}`;
    return {
      field,
      message: `${shown}${words(frame, remedy)}${frame.t.site.open}${words(frame, expected)}${frame.t.site.close}`,
    };
  });
}

/** What a refusal says to a form, with its status; anything else is no matter of the form and is thrown on. */
export function refusalOf(error: unknown): { readonly faults: readonly Fault[]; readonly status: number } {
  const KEPT: Readonly<Record<string, number>> = { invalid: 422, 'not-found': 404, conflict: 409 };
  if (!(error instanceof Refusal) || error.faults.length === 0) throw error;
  const status = KEPT[error.code];
  if (status === undefined) throw error;
  return { faults: error.faults, status };
}
