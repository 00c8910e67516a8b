import type { ComponentChildren, VNode } from 'preact';
import { ErrorSummary } from '../components/error-summary.tsx';
import type { Frame } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';
import { faultWords, formLabels } from './form-labels.ts';
import { type FormProps, taskAddress } from './form-props.ts';

/** The page of a task that is typed: its part of the draft, kept while it is written. */
export function TaskPage(props: FormProps & { readonly children: ComponentChildren }): VNode {
  const { frame, draft, task, messages, notice } = props;
  const t = frame.t.form;
  const title = frame.t.tasks.names[task];
  return (
    <Layout
      frame={frame}
      title={title}
      section="desk"
      hasErrors={messages.length > 0}
      islands={['indicator-grid', 'autosave']}
    >
      <BackToTasks {...props} />
      <h1>{title}</h1>
      <ErrorSummary title={t.toCorrect(messages.length)} lines={messages} />
      {notice ? (
        <p class="notice" role="status">
          {notice}
        </p>
      ) : null}
      <form
        id="declaration"
        class="declaration-form"
        method="post"
        action={taskAddress(frame, draft.id, task)}
        novalidate
        data-autosave
        data-lang={frame.lang}
        data-words={JSON.stringify(islandWords(frame))}
        data-busy={t.busy}
      >
        {/* The first button of a form is what Enter presses: it must be the harmless one. */}
        <button class="visually-hidden" name="action" value="enter" tabIndex={-1} aria-hidden="true" />
        <DraftState {...props} />
        {props.children}
        <p class="actions">
          <button class="primary" name="action" value="done">
            {t.done}
          </button>
          <button name="action" value="save">
            {t.save}
          </button>
        </p>
        <AutosaveLine frame={frame} />
        <span class="visually-hidden" role="status" data-said="form" />
      </form>
    </Layout>
  );
}

export function BackToTasks({ frame, draft }: Pick<FormProps, 'frame' | 'draft'>): VNode {
  return (
    <p class="back">
      <a href={taskAddress(frame, draft.id)}>{frame.t.tasks.back}</a>
    </p>
  );
}

/** Which draft was read, and the key of this page. */
export function DraftState({
  draft,
  base,
  idempotencyKey,
}: Pick<FormProps, 'draft' | 'base' | 'idempotencyKey'>): VNode {
  return (
    <>
      <input type="hidden" name="key" value={idempotencyKey} />
      <input type="hidden" name="revision" value={draft.revision} />
      <input type="hidden" name="base" value={base} />
    </>
  );
}

/** Empty until the program that saves says what it did. */
export function AutosaveLine({ frame }: { readonly frame: Frame }): VNode {
  const { saved, ...t } = frame.t.autosave;
  const words = JSON.stringify({ ...t, saved: saved('{time}', '{revision}') });
  return <p class="hint" role="status" aria-live="polite" data-autosaved={words} />;
}

/** What the grid's program says; it has no language of its own. */
function islandWords(frame: Frame): Readonly<Record<string, unknown>> {
  const { rowAdded, rowRemoved, pasted, undone, copiedDown } = frame.t.form;
  const words = { rowAdded, rowRemoved, pasted, undone, copiedDown };
  return { ...faultWords(frame.t), ...words, labels: formLabels(frame.t) };
}
