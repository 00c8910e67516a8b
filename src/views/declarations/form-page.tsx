import type { VNode } from 'preact';
import { SIGNER_CAPACITIES } from '../../domain/declarations/commitment.ts';
import { UNIT_SYMBOLS } from '../../domain/indicators/units.ts';
import { ErrorSummary } from '../components/error-summary.tsx';
import { SelectField, TextField } from '../components/field.tsx';
import { type Frame, words } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';
import { faultWords, formLabels } from './form-labels.ts';
import { formAddress, type FormProps } from './form-props.ts';
import { IndicatorRows, ParameterRows, ProductRows } from './form-rows.tsx';
import { StandardFields } from './standard-fields.tsx';

export function DeclarationFormPage(props: FormProps): VNode {
  const { frame, messages, draft, notice } = props;
  const t = frame.t.form;
  const title = draft ? t.editTitle : t.title;
  return (
    <Layout frame={frame} title={title} section="desk" hasErrors={messages.length > 0} islands={['indicator-grid']}>
      <h1>{title}</h1>
      <ErrorSummary title={t.toCorrect(messages.length)} lines={messages} />
      {notice ? (
        <p class="notice" role="status">
          {notice}
        </p>
      ) : null}
      <p>{t.note}</p>
      <form
        id="declaration"
        class="declaration-form"
        method="post"
        action={formAddress(props)}
        novalidate
        data-lang={frame.lang}
        data-words={JSON.stringify(islandWords(frame))}
        data-busy={t.busy}
      >
        {/* The first button of a form is what Enter presses: it must be the harmless one. */}
        <button class="visually-hidden" name="action" value="check" tabIndex={-1} aria-hidden="true" />
        <input type="hidden" name="key" value={props.idempotencyKey} />
        {draft ? <input type="hidden" name="revision" value={draft.revision} /> : null}
        <StandardFields {...props} />
        <ProductRows {...props} />
        <ParameterRows {...props} />
        <IndicatorRows {...props} />
        <datalist id="units">
          {UNIT_SYMBOLS.map((symbol) => (
            <option value={symbol} />
          ))}
        </datalist>
        <Submission {...props} />
      </form>
    </Layout>
  );
}

function Submission({ frame, form, messages, commitment, draft }: FormProps): VNode {
  const t = frame.t.form;
  const own = messages.filter(({ field }) => field === '/commitment' || field === '/commitment/version');
  const edition = String(commitment.version);
  return (
    <fieldset id="/commitment" class="submission" tabIndex={-1}>
      <legend>{t.commitment}</legend>
      <blockquote>{words(frame, commitment.text)}</blockquote>
      {own.length > 0 ? (
        <p id="/commitment/version-error" class="field-error">
          {own.map(({ message }) => message).join(' ')}
        </p>
      ) : null}
      <p class="tick">
        <input
          id="/commitment/version"
          type="checkbox"
          name="/commitment/version"
          value={edition}
          checked={form.commitment === edition}
          aria-describedby={own.length > 0 ? '/commitment/version-error' : undefined}
        />
        <label for="/commitment/version">{t.commit(edition)}</label>
      </p>
      <div class="fields">
        <TextField
          name="/commitment/signer"
          label={t.signer}
          value={form.signer}
          maxLength={100}
          required={t.required}
          messages={messages}
        />
        <SelectField
          name="/commitment/capacity"
          label={t.capacity}
          value={form.capacity}
          required={t.required}
          choose={t.choose}
          messages={messages}
          options={SIGNER_CAPACITIES.map((capacity) => [capacity, frame.t.imports.capacities[capacity]])}
        />
      </div>
      <p class="actions">
        <button name="action" value="check">
          {t.check}
        </button>
        <button name="action" value="save">
          {t.save}
        </button>
        <button class="primary" name="action" value="publish">
          {t.publish}
        </button>
        {draft ? (
          <button class="plain remove" name="action" value="discard">
            {t.discard}
          </button>
        ) : null}
      </p>
    </fieldset>
  );
}

/** What the grid's program says; it has no language of its own. */
function islandWords(frame: Frame): Readonly<Record<string, unknown>> {
  const { rowAdded, rowRemoved, pasted } = frame.t.form;
  return { ...faultWords(frame.t), rowAdded, rowRemoved, pasted, labels: formLabels(frame.t) };
}
