import type { VNode } from 'preact';
import { type Frame, link } from '../frame.ts';

interface Props {
  readonly frame: Frame;
  readonly id: string;
  readonly mayWithdraw: boolean;
  readonly idempotencyKey: string;
}

/** What a member of its enterprise may do with a current declaration. */
export function ChangeActions({ frame, id, mayWithdraw, idempotencyKey }: Props): VNode {
  const t = frame.t.change;
  const begin = (path: string, label: string, hint: string): VNode => (
    <form method="post" action={link(frame, `/desk/s/${id}/${path}`)}>
      <input type="hidden" name="key" value={idempotencyKey} />
      <button>{label}</button> <span class="hint">{hint}</span>
    </form>
  );
  return (
    <nav class="change-actions no-print" aria-label={t.title}>
      {begin('revise', t.revise, t.reviseHint)}
      {begin('correct', t.correct, t.correctHint)}
      {mayWithdraw ? (
        <p>
          <a class="button" href={link(frame, `/desk/s/${id}/withdraw`)}>
            {t.withdraw}
          </a>{' '}
          <span class="hint">{t.withdrawHint}</span>
        </p>
      ) : null}
      <p>
        <a class="button" href={link(frame, `/desk/receipt/${id}`)}>
          {t.receipt}
        </a>
      </p>
    </nav>
  );
}
