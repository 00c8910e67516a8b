/** Shows or takes away what is wrong with an input, above its row or before it; answers whether that changed. */
export function markFault(control: HTMLElement, message: string | undefined): boolean {
  const box = control.closest('.field');
  const id = `${control.id}-error`;
  let error = document.getElementById(id);
  const before = error?.textContent ?? undefined;
  if (!message) {
    error?.remove();
    box?.classList.remove('invalid');
    control.removeAttribute('aria-invalid');
    describe(control, []);
    return before !== undefined;
  }
  if (!error) {
    error = document.createElement('p');
    error.id = id;
    error.className = 'field-error';
    const above = control.closest('[data-row]')?.querySelector('[data-row-errors]');
    if (above) above.append(error);
    else control.before(error);
  }
  error.textContent = message;
  box?.classList.add('invalid');
  control.setAttribute('aria-invalid', 'true');
  describe(control, [id]);
  return before !== message;
}

function describe(control: HTMLElement, messages: readonly string[]): void {
  const hint = `${control.id}-hint`;
  const ids = [...(document.getElementById(hint) ? [hint] : []), ...messages];
  if (ids.length > 0) control.setAttribute('aria-describedby', ids.join(' '));
  else control.removeAttribute('aria-describedby');
}
