import type { VNode } from 'preact';
import { ErrorSummary, type SummaryLine } from '../components/error-summary.tsx';
import { TextField } from '../components/field.tsx';
import { type Frame, link } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';

interface Props {
  readonly frame: Frame;
  readonly declaration: { readonly id: string; readonly revision: number; readonly number: string };
  readonly reason: string;
  readonly on: string;
  readonly messages: readonly SummaryLine[];
  readonly idempotencyKey: string;
}

/** 废止: why, and since when. */
export function WithdrawPage({ frame, declaration, reason, on, messages, idempotencyKey }: Props): VNode {
  const t = frame.t.change;
  const { required, dateHint } = frame.t.form;
  const title = t.withdrawTitle(declaration.number);
  return (
    <Layout frame={frame} title={title} section="desk" hasErrors={messages.length > 0}>
      <h1>{title}</h1>
      <ErrorSummary title={frame.t.form.toCorrect(messages.length)} lines={messages} />
      <p class="lead">{t.withdrawLead}</p>
      <form
        method="post"
        action={link(frame, `/desk/s/${declaration.id}/withdraw`)}
        class="fields"
        novalidate
        data-busy={frame.t.form.busy}
      >
        <input type="hidden" name="key" value={idempotencyKey} />
        <input type="hidden" name="revision" value={declaration.revision} />
        <TextField
          name="/reason"
          label={t.reason}
          hint={t.reasonHint}
          value={reason}
          maxLength={500}
          required={required}
          messages={messages}
        />
        <TextField
          name="/on"
          label={t.on}
          hint={dateHint}
          type="date"
          value={on}
          required={required}
          messages={messages}
        />
        <p class="actions">
          <button class="primary">{t.confirm}</button>
          <a href={link(frame, `/s/${declaration.id}`)}>{frame.t.declaration.receipt}</a>
        </p>
      </form>
    </Layout>
  );
}
