// Why a program: what is typed is kept while it is typed. Without it there is the button that saves the draft.

/** After the last change. */
const PAUSE_MS = 2000;
const AGAIN_MS = 15_000;

interface Words {
  /** With {time} and {revision}. */
  readonly saved: string;
  readonly stale: string;
  readonly expired: string;
  readonly logIn: string;
  readonly failed: string;
}

interface Saved {
  readonly revision: number;
  readonly base: string;
  readonly savedAt: string;
}

const form = document.querySelector<HTMLFormElement>('form[data-autosave]');
const line = form?.querySelector<HTMLElement>('[data-autosaved]');
if (form && line) start(form, line, JSON.parse(line.dataset['autosaved'] ?? '{}') as Words);

function start(form: HTMLFormElement, line: HTMLElement, words: Words): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let saving: Promise<void> | null = null;
  let isDirty = false;
  let isStale = false;
  const saveIn = (ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      // One at a time: each save names the revision that the one before it made.
      saving = (saving ?? Promise.resolve()).then(save).finally(() => {
        saving = null;
      });
    }, ms);
  };
  const save = async (): Promise<void> => {
    if (!isDirty || isStale) return;
    isDirty = false;
    const status = await send(form, line, words);
    isStale = status === 412;
    if (status === 200 || isStale) return;
    isDirty = true;
    // After logging in elsewhere the next change saves again.
    if (status !== 401) saveIn(AGAIN_MS);
  };
  form.addEventListener('input', () => {
    isDirty = true;
    saveIn(PAUSE_MS);
  });
  form.addEventListener('focusout', () => {
    if (isDirty) saveIn(0);
  });
  form.addEventListener('submit', (event) => {
    clearTimeout(timer);
    // Leaving the page moves the focus, too; what the form itself takes along is not saved beside it.
    isDirty = false;
    if (!saving) return;
    // The form names a revision that is just being replaced: it waits, and then names the new one.
    event.preventDefault();
    const button = (event as SubmitEvent).submitter as HTMLButtonElement | null;
    void saving.then(() => form.requestSubmit(button));
  });
}

/** Sends the part of the draft; answers the status, 0 where nothing came through, and says what became of it. */
async function send(form: HTMLFormElement, line: HTMLElement, words: Words): Promise<number> {
  const fields = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
  fields.set('action', 'autosave');
  try {
    // Not `form.action`: the buttons are named so.
    const answer = await fetch(form.getAttribute('action') ?? '', { method: 'POST', body: fields });
    if (answer.ok) {
      const { revision, base, savedAt } = (await answer.json()) as Saved;
      for (const [name, value] of Object.entries({ revision, base }))
        (form.elements.namedItem(name) as HTMLInputElement).value = String(value);
      line.textContent = words.saved.replace('{time}', beijing(savedAt)).replace('{revision}', String(revision));
      return 200;
    }
    line.textContent = answer.status === 412 ? words.stale : answer.status === 401 ? words.expired : words.failed;
    if (answer.status === 401) line.append(' ', logInLink(words));
    return answer.status;
  } catch {
    line.textContent = words.failed;
    return 0;
  }
}

/** The time of day in Beijing. */
function beijing(time: string): string {
  return new Date(Date.parse(time) + 8 * 3_600_000).toISOString().slice(11, 19);
}

function logInLink(words: Words): HTMLElement {
  const link = document.createElement('a');
  link.href = `${location.pathname.startsWith('/en/') ? '/en' : ''}/login`;
  link.target = '_blank';
  link.rel = 'noopener';
  link.textContent = words.logIn;
  return link;
}
