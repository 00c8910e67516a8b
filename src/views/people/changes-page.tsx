import type { VNode } from 'preact';
import type { SummaryLine } from '../components/error-summary.tsx';
import { Field, SelectField, TextField } from '../components/field.tsx';
import { Facts } from '../components/facts.tsx';
import { type AtDesk, DeskLayout } from '../desk/desk-layout.tsx';
import { type Frame, link } from '../frame.ts';

type Kind = keyof Frame['t']['changes']['kinds'];

export interface ShownChange {
  readonly id: string;
  readonly state: keyof Frame['t']['changes']['states'];
  readonly enterprise: { readonly creditCode: string; readonly name: string };
  readonly kind: Kind;
  /** The new name or code, or the other enterprise's code. */
  readonly value: string;
  readonly declarations: readonly string[];
  readonly effectiveOn: string;
  readonly statement: string;
  readonly decisionReason: string | null;
}

interface Props {
  readonly frame: Frame;
  readonly at: AtDesk;
  readonly changes: readonly ShownChange[];
  readonly typed: Readonly<Record<string, string>>;
  readonly messages: readonly SummaryLine[];
  readonly notice: string | null;
}

/** For an enterprise: what it asks for and is asked to take over; for the operator: what waits. */
export function ChangesPage(props: Props): VNode {
  const { frame, at, changes } = props;
  const t = frame.t.changes;
  return (
    <DeskLayout {...props} title={t.title} current="/desk/changes">
      <p>{t.lead}</p>
      {changes.length === 0 ? <p>{t.none}</p> : null}
      {changes.map((change) => (
        <Change {...props} change={change} />
      ))}
      {at.kind === 'enterprise' && at.role === 'admin' ? <NewChange {...props} /> : null}
    </DeskLayout>
  );
}

function Change({ frame, at, change, messages }: Props & { readonly change: ShownChange }): VNode {
  const t = frame.t.changes;
  const { id, state, enterprise, kind, value, declarations, effectiveOn, statement, decisionReason } = change;
  const isReceiver = at.kind === 'enterprise' && enterprise.creditCode !== at.creditCode;
  return (
    <section class="card" aria-labelledby={`change-${id}`}>
      <h2 id={`change-${id}`}>
        {t.kinds[kind]} · {enterprise.name} <small class="code">{enterprise.creditCode}</small>
      </h2>
      <Facts
        facts={[
          [frame.t.draws.state, t.states[state]],
          ...(value ? [[t.value, value] as const] : []),
          ...(declarations.length > 0 ? [[t.declarations, declarations.join('、')] as const] : []),
          [t.effectiveOn, effectiveOn],
          [t.statement, statement],
          ...(decisionReason ? [[t.reason, decisionReason] as const] : []),
        ]}
      />
      {isReceiver && state === 'requested' && at.role === 'admin' ? (
        <form method="post" action={link(frame, `/desk/changes/${id}`)}>
          <button class="primary" name="action" value="accept">
            {t.accept}
          </button>
        </form>
      ) : null}
      {at.kind === 'operator' ? (
        <form method="post" action={link(frame, `/desk/changes/${id}`)}>
          <TextField name={`reason-${id}`} label={t.reason} value="" maxLength={1000} messages={messages} />
          <p class="actions">
            <button class="primary" name="action" value="confirm">
              {t.confirm}
            </button>
            <button name="action" value="refuse">
              {t.refuse}
            </button>
          </p>
        </form>
      ) : null}
    </section>
  );
}

function NewChange({ frame, typed, messages }: Props): VNode {
  const t = frame.t.changes;
  const value = (name: string) => typed[name] ?? '';
  return (
    <section class="card" aria-labelledby="ask">
      <h2 id="ask">{t.ask}</h2>
      <form class="stacked" method="post" action={link(frame, '/desk/changes')}>
        <SelectField
          name="kind"
          label={t.kind}
          value={value('kind') || 'renamed'}
          messages={messages}
          options={Object.entries(t.kinds)}
        />
        <TextField
          name="value"
          label={t.value}
          hint={t.valueHint}
          value={value('value')}
          maxLength={200}
          messages={messages}
        />
        <Field
          name="declarations"
          label={t.declarations}
          hint={t.declarationsHint}
          value={value('declarations')}
          messages={messages}
          control={(described) => (
            <textarea {...described} rows={3}>
              {value('declarations')}
            </textarea>
          )}
        />
        <TextField
          name="effectiveOn"
          type="date"
          label={t.effectiveOn}
          value={value('effectiveOn')}
          messages={messages}
        />
        <TextField
          name="evidenceSha256"
          label={t.evidence}
          hint={frame.t.mandates.evidenceHint}
          value={value('evidenceSha256')}
          maxLength={64}
          messages={messages}
        />
        <TextField
          name="statement"
          label={t.statement}
          value={value('statement')}
          maxLength={1000}
          messages={messages}
        />
        <button class="primary">{t.button}</button>
      </form>
    </section>
  );
}
