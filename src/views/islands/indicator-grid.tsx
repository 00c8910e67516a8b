// Why a program: adding rows without a reload, pasting from Excel, and errors while typing. The form works without it.
import type { FaultWords, Labels } from '../declarations/form-faults.ts';
import type { Language } from '../frame.ts';
import { fillCells, type Pasted, restore } from './grid-paste.ts';
import { markFault } from './grid-faults.ts';
import { type Grid, MOST_ROWS, moveTo, placeOf, renumber } from './grid-rows.ts';

interface Words extends FaultWords {
  readonly rowAdded: string;
  readonly rowRemoved: string;
  readonly pasted: string;
  readonly undone: string;
  readonly copiedDown: string;
  readonly labels: Labels;
}

const form = document.querySelector<HTMLFormElement>('#declaration[data-words]');
if (form) start(form);

function start(form: HTMLFormElement): void {
  const words = JSON.parse(form.dataset['words'] ?? '{}') as Words;
  const lang = (form.dataset['lang'] ?? 'zh') as Language;
  for (const list of form.querySelectorAll<HTMLElement>('[data-list]')) startList(list, words);
  // The rules come with the first change, so that the page itself stays light.
  form.addEventListener('change', (event) => {
    const field = (event.target as HTMLInputElement).name;
    if (field.startsWith('/')) void showFaults(form, field, words, lang);
  });
}

function startList(fieldset: HTMLElement, words: Words): void {
  const rows = fieldset.querySelector<HTMLElement>('[data-rows]');
  if (!rows) return;
  const { list = '', at = '', columns = '' } = fieldset.dataset;
  const say = (said: string): void => {
    const status = fieldset.querySelector('[data-said]');
    if (status) status.textContent = said;
  };
  const grid: Grid = { rows, list, at, columns: columns.split(' '), add: () => addRow(fieldset, grid) };
  let pasted: Pasted | null = null;
  fieldset.addEventListener('click', (event) => {
    const button = (event.target as HTMLElement).closest<HTMLButtonElement>('[data-add], [data-remove]');
    if (!button) return;
    event.preventDefault();
    pasted = null;
    if (button.hasAttribute('data-add')) {
      grid.add()?.querySelector<HTMLElement>('input, textarea')?.focus();
      say(words.rowAdded);
      return;
    }
    const row = button.closest('[data-row]');
    const next = row?.nextElementSibling ?? row?.previousElementSibling;
    row?.remove();
    renumber(grid);
    changed(fieldset);
    (next?.querySelector<HTMLElement>('input') ?? fieldset.querySelector<HTMLElement>('[data-add]'))?.focus();
    say(words.rowRemoved);
  });
  fieldset.addEventListener('paste', (event) => {
    const filled = fillCells(event, grid);
    if (!filled) return;
    pasted = filled;
    event.target?.dispatchEvent(new Event('change', { bubbles: true }));
    changed(fieldset);
    say(words.pasted);
  });
  // What is typed after a paste is undone by the browser, as ever.
  fieldset.addEventListener('input', (event) => {
    if (event.isTrusted) pasted = null;
  });
  fieldset.addEventListener('keydown', (event) => {
    const control = event.target as HTMLInputElement;
    if (control.tagName === 'BUTTON' || event.isComposing) return;
    const isCommand = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if (isCommand && event.key.toLowerCase() === 'z' && pasted) {
      event.preventDefault();
      restore(pasted, grid);
      pasted = null;
      changed(fieldset);
      say(words.undone);
    } else if (isCommand && event.key.toLowerCase() === 'd') {
      event.preventDefault();
      if (copyDown(control, grid)) say(words.copiedDown);
    } else if (event.key === 'Enter' && !isCommand && control.tagName !== 'TEXTAREA') {
      event.preventDefault();
      const place = placeOf(control, grid);
      if (place) moveTo({ ...place, row: place.row + 1 }, grid);
    }
  });
}

function addRow(fieldset: HTMLElement, grid: Grid): Element | null {
  const template = fieldset.querySelector<HTMLTemplateElement>('[data-template]');
  if (!template || grid.rows.children.length >= MOST_ROWS) return null;
  grid.rows.append(template.content.cloneNode(true));
  renumber(grid);
  return grid.rows.lastElementChild;
}

/** The value of the same column in the row above. */
function copyDown(control: HTMLInputElement, grid: Grid): boolean {
  const place = placeOf(control, grid);
  const above =
    place && grid.rows.querySelector<HTMLInputElement>(`[name="${grid.at}/${place.row - 1}/${place.column}"]`);
  if (!above) return false;
  control.value = above.value;
  control.dispatchEvent(new Event('change', { bubbles: true }));
  changed(control);
  return true;
}

/** Values that a program set are changes of the form as those that a person typed. */
function changed(element: HTMLElement): void {
  element.dispatchEvent(new Event('input', { bubbles: true }));
}

/** The fault of the field that was just left, by the register's own rules; others wait until their field is left. */
async function showFaults(form: HTMLFormElement, field: string, words: Words, lang: Language): Promise<void> {
  const { liveFaults } = await import('../declarations/live-faults.ts');
  const messages = liveFaults(Object.fromEntries(new FormData(form)), words.labels, words, lang);
  const row = /^\/.*\/\d+\//u.exec(field)?.[0];
  const said: string[] = [];
  for (const control of form.querySelectorAll<HTMLInputElement>(row ? `[name^="${row}"]` : `[name="${field}"]`)) {
    // A field not filled yet is no mistake while its row is being written.
    const message = control.value === '' ? undefined : messages.get(control.name);
    if (markFault(control, message) && message) said.push(message);
  }
  const status = form.querySelector('[data-said="form"]');
  if (status && said.length > 0) status.textContent = said.join(' ');
}
