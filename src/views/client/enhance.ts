// The one program of every page; all it does, the pages do without it.

/** A form in flight says so, and a second press does nothing: the first is on its way. */
function watchForms(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    if (form.method !== 'post' || event.defaultPrevented) return;
    if (form.hasAttribute('aria-busy')) {
      event.preventDefault();
      return;
    }
    form.setAttribute('aria-busy', 'true');
    const button = (event as SubmitEvent).submitter;
    const busy = form.dataset['busy'];
    if (!button || !busy) return;
    button.dataset['text'] = button.textContent ?? '';
    button.textContent = busy;
  });
  // Coming back by the back button must find a form that can be sent.
  addEventListener('pageshow', () => {
    for (const form of document.forms) form.removeAttribute('aria-busy');
    for (const button of document.querySelectorAll<HTMLElement>('button[data-text]')) {
      button.textContent = button.dataset['text'] ?? '';
      delete button.dataset['text'];
    }
  });
}

watchForms();
