import type { VNode } from 'preact';
import { SIGNER_CAPACITIES } from '../../domain/declarations/commitment.ts';
import { ErrorSummary } from '../components/error-summary.tsx';
import { SelectField, TextField } from '../components/field.tsx';
import { words } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';
import { taskAddress, typedIn } from './form-props.ts';
import { StandingPreview } from './standing-preview.tsx';
import { SubmitFindings } from './submit-findings.tsx';
import { SubmitOverview } from './submit-overview.tsx';
import { mendAddress, type SubmitProps } from './submit-props.ts';
import { AutosaveLine, BackToTasks, DraftState } from './task-page.tsx';

/** Task 5: everything on one page, what is found of it, the commitment, and the two buttons. */
export function SubmitTask(props: SubmitProps): VNode {
  const { frame, draft, messages, notice, mayPublish, publishers } = props;
  const t = frame.t.form;
  const { title, whoMay, publishChange } = frame.t.submit;
  const lines = messages.map((line) => ({ ...line, href: mendAddress(props, line.field) }));
  return (
    <Layout frame={frame} title={title} section="desk" hasErrors={messages.length > 0} islands={['autosave']}>
      <BackToTasks {...props} />
      <h1>{title}</h1>
      <ErrorSummary title={t.toCorrect(messages.length)} lines={lines} />
      {notice ? (
        <p class="notice" role="status">
          {notice}
        </p>
      ) : null}
      <p>{t.note}</p>
      <SubmitOverview {...props} />
      {props.standings ? <StandingPreview frame={frame} standings={props.standings} /> : null}
      <form
        id="declaration"
        class="declaration-form"
        method="post"
        action={taskAddress(frame, draft.id, 'submit')}
        novalidate
        data-autosave
        data-busy={t.busy}
      >
        {/* The first button of a form is what Enter presses: it must be the harmless one. */}
        <button class="visually-hidden" name="action" value="check" tabIndex={-1} aria-hidden="true" />
        <DraftState {...props} />
        <SubmitFindings {...props} />
        <Signature {...props} />
        {mayPublish ? null : <p class="notice">{whoMay(publishers)}</p>}
        <p class="actions">
          <button name="action" value="check">
            {t.check}
          </button>
          {mayPublish ? (
            <button class="primary" name="action" value="publish">
              {props.isChange ? publishChange : t.publish}
            </button>
          ) : null}
          <button name="action" value="save">
            {t.save}
          </button>
        </p>
        <AutosaveLine frame={frame} />
      </form>
    </Layout>
  );
}

function Signature(props: SubmitProps): VNode {
  const { frame, commitment, messages } = props;
  const t = frame.t.form;
  const name = '/commitment/version';
  const edition = String(commitment.version);
  const own = messages.filter(({ field }) => field === name);
  return (
    <fieldset id="/commitment" class="submission" tabIndex={-1}>
      <legend>{t.commitment}</legend>
      <blockquote>{words(frame, commitment.text)}</blockquote>
      {own.length > 0 ? (
        <p id={`${name}-error`} class="field-error">
          {own.map(({ message }) => message).join(' ')}
        </p>
      ) : null}
      <p class="tick">
        <input
          id={name}
          type="checkbox"
          name={name}
          value={edition}
          checked={typedIn(props, name) === edition}
          aria-describedby={own.length > 0 ? `${name}-error` : undefined}
        />
        <label for={name}>{t.commit(edition)}</label>
      </p>
      <div class="fields">
        <TextField
          name="/commitment/signer"
          label={t.signer}
          value={typedIn(props, '/commitment/signer')}
          maxLength={100}
          required={t.required}
          messages={messages}
        />
        <SelectField
          name="/commitment/capacity"
          label={t.capacity}
          value={typedIn(props, '/commitment/capacity')}
          required={t.required}
          choose={t.choose}
          messages={messages}
          options={SIGNER_CAPACITIES.map((capacity) => [capacity, frame.t.imports.capacities[capacity]])}
        />
      </div>
    </fieldset>
  );
}
