// Why a program: thresholds are found by trying, and each try would cost saving a draft. The counts come from the server,
// which counts by the engine of the lists; without the program they are made anew at each save.

/** After the last change. */
const PAUSE_MS = 700;

const form = document.querySelector<HTMLFormElement>('form[data-preview]');
if (form) start(form, form.dataset['preview'] ?? '');

function start(form: HTMLFormElement, address: string): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let latest: AbortController | undefined;
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      latest?.abort();
      latest = new AbortController();
      void redraw(form, address, latest.signal);
    }, PAUSE_MS);
  });
}

/** Puts the section that the server drew of the form as typed in the place of the shown one; a failure leaves that alone. */
async function redraw(form: HTMLFormElement, address: string, signal: AbortSignal): Promise<void> {
  const shown = document.querySelector('#preview');
  const body = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
  try {
    const answer = await fetch(address, { method: 'POST', body, signal });
    if (!answer.ok) return;
    const drawn = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('#preview');
    if (drawn && shown) shown.replaceChildren(...drawn.childNodes);
  } catch {
    // Offline, or typed on: the next change asks again.
  }
}
