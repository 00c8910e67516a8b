import type { VNode } from 'preact';
import type { DraftNote } from '../../domain/declarations/draft.ts';
import { StateTag } from '../components/facts.tsx';
import { Chinese } from '../components/names.tsx';
import { formatTime } from '../format.ts';
import { type Frame, link } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';
import { TASKS } from './form-fields.ts';
import { taskAddress } from './form-props.ts';
import type { TaskState, taskStates } from './task-states.ts';

interface Props {
  readonly frame: Frame;
  readonly draft: { readonly id: string; readonly revision: number; readonly savedAt: Date };
  readonly number: string;
  readonly name: string;
  /** Of a draft that changes a declaration: which, and its public number. */
  readonly change: (NonNullable<DraftNote['change']> & { readonly number: string }) | null;
  readonly states: ReturnType<typeof taskStates>;
  readonly notice: string | null;
}

/** The tasks of a draft, in any order, each with its state. */
export function TaskListPage({ frame, draft, number, name, change, states, notice }: Props): VNode {
  const t = frame.t.tasks;
  const title = `${number} ${name}`.trim();
  return (
    <Layout frame={frame} title={t.title} section="desk">
      <h1>{title === '' ? t.untitled : <Chinese frame={frame}>{title}</Chinese>}</h1>
      {change ? (
        <p class="lead">
          <a href={link(frame, `/s/${change.id}`)}>
            {change.event === 'revised' ? t.revising(change.number) : t.correcting(change.number)}
          </a>
        </p>
      ) : null}
      {notice ? (
        <p class="notice" role="status">
          {notice}
        </p>
      ) : null}
      <p class="hint">{t.draft(draft.revision, formatTime(draft.savedAt))}</p>
      <h2 id="tasks">{t.list}</h2>
      <ol class="tasks" aria-labelledby="tasks">
        {TASKS.map((task) => (
          <li>
            {states[task].kind === 'waiting' ? (
              <span>{t.names[task]}</span>
            ) : (
              <a href={`${taskAddress(frame, draft.id, task)}${states[task].kind === 'wrong' ? '?check' : ''}`}>
                {t.names[task]}
              </a>
            )}
            <StateTag state={`task-${states[task].kind}`} text={stateText(frame, states[task])} />
          </li>
        ))}
      </ol>
      <p>{frame.t.form.note}</p>
      <form method="post" action={taskAddress(frame, draft.id)} class="actions">
        <input type="hidden" name="revision" value={draft.revision} />
        <button class="plain remove" name="action" value="discard">
          {frame.t.form.discard}
        </button>
      </form>
    </Layout>
  );
}

function stateText(frame: Frame, state: TaskState): string {
  const t = frame.t.tasks.states;
  return state.kind === 'wrong' ? t.wrong(state.count) : t[state.kind];
}
