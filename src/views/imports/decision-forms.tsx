import type { ComponentChildren, VNode } from 'preact';
import { TextField } from '../components/field.tsx';
import { formatCount } from '../format.ts';
import { type Frame, link } from '../frame.ts';
import type { ShownGroup, ShownImport } from './import-props.ts';

interface Props {
  readonly frame: Frame;
  readonly given: ShownImport;
  readonly groups: readonly ShownGroup[];
  readonly waiting: { readonly asIs: number; readonly waived: number };
  readonly mayDecide: boolean;
  readonly idempotencyKey: string;
  readonly typed: Readonly<Record<string, string>>;
  readonly messages: readonly { readonly field: string; readonly message: string }[];
}

/** The choice: the good rows, or the warned ones as well with a reason, or none. The count stands on each button. */
export function DecisionForms(props: Props): VNode {
  const { frame, given, waiting, mayDecide } = props;
  const t = frame.t.imports;
  const canWaive = waiting.waived > waiting.asIs;
  return (
    <section class="card" aria-labelledby="decide">
      <h2 id="decide">{t.decide}</h2>
      {waiting.waived === 0 ? <p>{t.noRows}</p> : null}
      {mayDecide && waiting.asIs > 0 ? (
        <Choice {...props} action="import" rows={waiting.asIs} title={t.onlyGood} hint={t.onlyGoodHint} />
      ) : null}
      {mayDecide && canWaive ? (
        <Choice {...props} action="waive" rows={waiting.waived} title={t.withWarnings} hint={t.withWarningsHint}>
          <Waiver {...props} />
        </Choice>
      ) : null}
      {given.state === 'checked' ? (
        <form method="post" action={link(frame, `/desk/imports/${given.id}`)}>
          <button name="action" value="cancel">
            {t.cancel}
          </button>
        </form>
      ) : null}
    </section>
  );
}

function Choice({
  frame,
  given,
  action,
  rows,
  title,
  hint,
  idempotencyKey,
  messages,
  children,
}: Props & {
  readonly action: 'import' | 'waive';
  readonly rows: number;
  readonly title: string;
  readonly hint: string;
  readonly children?: ComponentChildren;
}): VNode {
  const t = frame.t.imports;
  const id = `agree-${action}`;
  const isUnticked = messages.some(({ field }) => field === id);
  return (
    <form method="post" action={link(frame, `/desk/imports/${given.id}`)}>
      <fieldset>
        <legend>{title}</legend>
        <p class="hint">{hint}</p>
        <input type="hidden" name="key" value={idempotencyKey} />
        <input type="hidden" name="rows" value={String(rows)} />
        {children}
        <p class="tick">
          <input type="checkbox" id={id} name="agree" value="yes" aria-invalid={isUnticked ? 'true' : undefined} />{' '}
          <label for={id}>{t.agree}</label>
        </p>
        <button class="primary" name="action" value={action}>
          {t.importRows(formatCount(rows))}
        </button>
      </fieldset>
    </form>
  );
}

function Waiver({ frame, groups, typed, messages }: Props): VNode {
  const t = frame.t.imports;
  const codes = new Set(groups.flatMap(({ code, severity }) => (severity === 'warn' ? [code] : [])));
  return (
    <>
      <input type="hidden" name="codes" value={[...codes].join(' ')} />
      <TextField name="person" label={t.person} value={typed['person'] ?? ''} messages={messages} maxLength={100} />
      <TextField name="reason" label={t.reason} value={typed['reason'] ?? ''} messages={messages} maxLength={500} />
    </>
  );
}
