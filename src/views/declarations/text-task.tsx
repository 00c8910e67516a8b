import type { VNode } from 'preact';
import type { DeclarationContent } from '../../domain/declarations/content.ts';
import { ErrorSummary } from '../components/error-summary.tsx';
import { Facts, Hash } from '../components/facts.tsx';
import { formatCount } from '../format.ts';
import { Layout } from '../layout/layout.tsx';
import { type DraftProps, taskAddress, typedIn } from './form-props.ts';
import { BackToTasks, DraftState } from './task-page.tsx';

/** Task 4: the text as PDF, or that only number and indicators are disclosed. */
export function TextTask(props: DraftProps & { readonly text: DeclarationContent['text'] }): VNode {
  const { frame, draft, text, messages } = props;
  const t = frame.t.textTask;
  const title = frame.t.tasks.names.text;
  const isWithheld = typedIn(props, '/draft/text') === 'withheld';
  const own = messages.filter(({ field }) => field === '/text');
  return (
    <Layout frame={frame} title={title} section="desk" hasErrors={messages.length > 0}>
      <BackToTasks {...props} />
      <h1>{title}</h1>
      <ErrorSummary title={frame.t.form.toCorrect(messages.length)} lines={messages} />
      <p>{t.lead}</p>
      <form
        method="post"
        action={taskAddress(frame, draft.id, 'text')}
        enctype="multipart/form-data"
        data-busy={frame.t.form.busy}
      >
        <DraftState {...props} />
        <fieldset>
          <legend>{t.choose}</legend>
          {text ? (
            <>
              <Facts
                facts={[
                  [t.current, text.name],
                  ['SHA-256', <Hash value={text.sha256} />],
                  ['PDF', t.size(formatCount(text.bytes))],
                ]}
              />
              <p>
                <button class="plain remove" name="action" value="remove">
                  {t.remove}
                </button>
              </p>
            </>
          ) : null}
          <p class="choice">
            <input type="radio" id="upload" name="/draft/text" value="upload" checked={!isWithheld} />
            <label for="upload">{t.upload}</label>
          </p>
          <div class={own.length > 0 ? 'field invalid' : 'field'}>
            <label for="/text">{t.file}</label>
            <p id="/text-hint" class="hint">
              {t.fileHint}
            </p>
            {own.length > 0 ? (
              <p id="/text-error" class="field-error">
                {own.map(({ message }) => message).join(' ')}
              </p>
            ) : null}
            <input
              type="file"
              id="/text"
              name="file"
              accept=".pdf,application/pdf"
              aria-describedby={own.length > 0 ? '/text-hint /text-error' : '/text-hint'}
              aria-invalid={own.length > 0 ? 'true' : undefined}
            />
          </div>
          <p class="choice">
            <input type="radio" id="withheld" name="/draft/text" value="withheld" checked={isWithheld} />
            <label for="withheld">{t.withheld}</label>
          </p>
        </fieldset>
        <p class="actions">
          <button class="primary" name="action" value="done">
            {frame.t.form.done}
          </button>
        </p>
      </form>
    </Layout>
  );
}
