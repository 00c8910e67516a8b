import { fieldOf } from './form-faults.ts';
import { formOf, isUntouched, type Task, TASKS } from './form-fields.ts';
import type { Fault } from '../../domain/fault.ts';
import { parseStandardNumber } from '../../domain/standards/number.ts';

export type TaskState =
  | { readonly kind: 'untouched' | 'begun' | 'done' | 'waiting' }
  | { readonly kind: 'wrong'; readonly count: number };

/** Where each task of a draft stands, by what a check refuses in it; what is merely missing is still being written. */
export function taskStates(draft: unknown, refused: readonly Fault[]): Readonly<Record<Task, TaskState>> {
  const typed = TASKS.filter((task) => task !== 'submit');
  const states = Object.fromEntries(typed.map((task) => [task, stateOf(task, draft, refused)]));
  const isReady = typed.every((task) => states[task]?.kind === 'done');
  const submit = isReady ? stateOf('submit', draft, refused) : { kind: 'waiting' };
  return { ...states, submit } as Readonly<Record<Task, TaskState>>;
}

/** The task in which a fault is mended; what no task holds is shown where everything is. */
export function taskOf(at: string): Task {
  return PLACES.find(([start]) => at === start || at.startsWith(`${start}/`))?.[1] ?? 'submit';
}

const PLACES: readonly (readonly [string, Task])[] = [
  ['/standard', 'standard'],
  ['/migratedFrom', 'standard'],
  ['/draft/change', 'standard'],
  ['/subject', 'products'],
  ['/category', 'products'],
  ['/products', 'products'],
  ['/parameters', 'products'],
  ['/indicators', 'indicators'],
  ['/text', 'text'],
];

function stateOf(task: Task, draft: unknown, refused: readonly Fault[]): TaskState {
  const own = refused.filter(({ at }) => taskOf(at) === task);
  const wrong = new Set(own.filter(({ code }) => !isMissing(code)).map(({ at }) => fieldOf(at)));
  if (wrong.size > 0 && !isBegun(task, draft)) return { kind: 'untouched' };
  if (wrong.size > 0) return { kind: 'wrong', count: wrong.size };
  if (own.length === 0 && isSettled(task, draft)) return { kind: 'done' };
  return { kind: isBegun(task, draft) ? 'begun' : 'untouched' };
}

function isMissing(code: string): boolean {
  return code === 'field.missing' || code === 'commitment.missing';
}

function isBegun(task: Task, draft: unknown): boolean {
  return task === 'text' ? hasText(draft) : !isUntouched(formOf(draft, [task]));
}

/** Where nothing is refused, a task may still wait for a decision: whether an own standard's text is disclosed. */
function isSettled(task: Task, draft: unknown): boolean {
  if (task !== 'text') return task === 'submit' || isBegun(task, draft) || isCommon(draft);
  return hasText(draft) || isCommon(draft);
}

function hasText(draft: unknown): boolean {
  const { text } = (draft ?? {}) as { readonly text?: unknown };
  return Boolean(text) || formOf(draft, ['text']).fields['/draft/text'] === 'withheld';
}

/** Whether a public standard is executed: its text is public elsewhere, and indicators of its own are free. */
function isCommon(draft: unknown): boolean {
  const number = parseStandardNumber(formOf(draft, ['standard']).fields['/standard/number'] ?? '');
  return number.ok && number.value.level !== 'enterprise';
}
