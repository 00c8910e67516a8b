import type { FastifyReply } from 'fastify';
import type { SummaryLine } from '../../views/components/error-summary.tsx';
import { type DeskRequest, messagesOf, refusalOf, type Typed } from './desk-form.ts';

/** What a page of the workbench shows beside its own data after a form was sent. */
export interface Shown {
  readonly typed?: Typed;
  readonly messages?: readonly SummaryLine[];
  readonly notice?: string;
  readonly status?: number;
}

/** Does an act of a form: a sentence when it is done, faults when its shape is wrong, a refusal of the service. */
export async function act(
  desk: DeskRequest,
  typed: Typed,
  fields: readonly string[],
  otherwise: string,
  send: (desk: DeskRequest, shown: Shown) => Promise<FastifyReply>,
  work: () => Promise<string | Parameters<typeof messagesOf>[1]>,
): Promise<FastifyReply> {
  const refuse = (faults: Parameters<typeof messagesOf>[1], status: number) =>
    send(desk, { typed, messages: messagesOf(desk.frame, faults, fields, otherwise), status });
  try {
    const done = await work();
    return await (typeof done === 'string' ? send(desk, { notice: done }) : refuse(done, 422));
  } catch (error) {
    const { faults, status } = refusalOf(error);
    return refuse(faults, status);
  }
}

export function filled({ typed = {}, messages = [], notice }: Shown) {
  return { typed, messages, notice: notice ?? null };
}
