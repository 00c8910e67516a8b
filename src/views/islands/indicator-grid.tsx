// Why a program: adding rows without a reload, pasting from Excel, and errors while typing. The form works without it.
import type { FaultWords, Labels } from '../declarations/form-faults.ts';
import { PRODUCT_FIELDS, PARAMETER_FIELDS, INDICATOR_FIELDS, type RowList } from '../declarations/form-fields.ts';
import type { Language } from '../frame.ts';

const COLUMNS: Readonly<Record<RowList, readonly string[]>> = {
  products: PRODUCT_FIELDS,
  parameters: PARAMETER_FIELDS,
  indicators: INDICATOR_FIELDS,
};
const MOST_ROWS = 200;

interface Words extends FaultWords {
  readonly rowAdded: string;
  readonly rowRemoved: string;
  readonly pasted: string;
  readonly labels: Labels;
}

const form = document.querySelector<HTMLFormElement>('#declaration');
if (form) start(form);

function start(form: HTMLFormElement): void {
  const words = JSON.parse(form.dataset['words'] ?? '{}') as Words;
  const lang = (form.dataset['lang'] ?? 'zh') as Language;
  for (const list of form.querySelectorAll<HTMLElement>('[data-list]')) startList(list, words);
  // The rules are 17 kB and come with the first change, so that the page itself stays light.
  form.addEventListener('change', (event) => {
    const field = (event.target as HTMLInputElement).name;
    if (field.startsWith('/')) void showFaults(form, field, words, lang);
  });
}

function startList(fieldset: HTMLElement, words: Words): void {
  const list = fieldset.dataset['list'] as RowList;
  const rows = fieldset.querySelector<HTMLElement>('[data-rows]');
  if (!rows) return;
  const say = (said: string): void => {
    const status = fieldset.querySelector('[data-said]');
    if (status) status.textContent = said;
  };
  fieldset.addEventListener('click', (event) => {
    const button = (event.target as HTMLElement).closest<HTMLButtonElement>('[data-add], [data-remove]');
    if (!button) return;
    event.preventDefault();
    if (button.hasAttribute('data-add')) {
      addRow(fieldset, rows, list)?.querySelector<HTMLElement>('input, textarea')?.focus();
      say(words.rowAdded);
      return;
    }
    const row = button.closest('[data-row]');
    const next = row?.nextElementSibling ?? row?.previousElementSibling;
    row?.remove();
    renumber(rows, list);
    (next?.querySelector<HTMLElement>('input') ?? fieldset.querySelector<HTMLElement>('[data-add]'))?.focus();
    say(words.rowRemoved);
  });
  fieldset.addEventListener('paste', (event) => {
    if (pasteCells(event, fieldset, rows, list)) say(words.pasted);
  });
}

function addRow(fieldset: HTMLElement, rows: HTMLElement, list: RowList): Element | null {
  const template = fieldset.querySelector<HTMLTemplateElement>('[data-template]');
  if (!template || rows.children.length >= MOST_ROWS) return null;
  rows.append(template.content.cloneNode(true));
  renumber(rows, list);
  return rows.lastElementChild;
}

/** Names and ids are pointers, so a row carries its place in each of them. */
function renumber(rows: HTMLElement, list: RowList): void {
  const place = new RegExp(`(/${list}/|remove-${list}-)\\d+`, 'g');
  [...rows.children].forEach((row, at) => {
    for (const element of row.querySelectorAll('[name], [id], [for], button')) {
      for (const attribute of ['name', 'id', 'for', 'aria-describedby', 'value']) {
        const value = element.getAttribute(attribute);
        // What people typed is a property of its input by now; only buttons carry a place in their value.
        if (value === null || (attribute === 'value' && element.tagName !== 'BUTTON')) continue;
        element.setAttribute(attribute, value.replace(place, `$1${at}`));
      }
    }
    const remove = row.querySelector('[data-remove]');
    const said = remove?.getAttribute('aria-label');
    if (said) remove?.setAttribute('aria-label', said.replace(/\d+/u, String(at + 1)));
  });
}

/** A block of cells from a spreadsheet fills the fields from the caret on, adding rows; one cell is pasted as usual. */
function pasteCells(event: ClipboardEvent, fieldset: HTMLElement, rows: HTMLElement, list: RowList): boolean {
  const target = event.target as HTMLInputElement;
  const [, row, field] = /^\/\w+\/(\d+)\/(\w+)$/u.exec(target.name ?? '') ?? [];
  const text = event.clipboardData?.getData('text/plain') ?? '';
  if (!row || !field || target.tagName === 'TEXTAREA' || !/[\t\n]/u.test(text.trim())) return false;
  event.preventDefault();
  const columns = COLUMNS[list];
  const first = columns.indexOf(field);
  text
    .replace(/\r?\n$/u, '')
    .split(/\r?\n/u)
    .forEach((line, down) => {
      const at = Number(row) + down;
      while (rows.children.length <= at && addRow(fieldset, rows, list));
      line
        .split('\t')
        .forEach((cell, across) => setField(rows, `/${list}/${at}/${columns[first + across]}`, cell.trim()));
    });
  target.dispatchEvent(new Event('change', { bubbles: true }));
  return true;
}

/** A select takes a cell that is one of its values or of its texts; otherwise it stays. */
function setField(rows: HTMLElement, name: string, cell: string): void {
  const control = rows.querySelector<HTMLInputElement | HTMLSelectElement>(`[name="${name}"]`);
  if (!control) return;
  if (control instanceof HTMLInputElement) {
    control.value = cell;
    return;
  }
  const option = [...control.options].find(({ value, text }) => value === cell || text.startsWith(cell));
  if (option && cell !== '') control.value = option.value;
}

/** The fault of the field that was just left, by the register's own rules; others wait until their field is left. */
async function showFaults(form: HTMLFormElement, field: string, words: Words, lang: Language): Promise<void> {
  const { liveFaults } = await import('../declarations/live-faults.ts');
  const messages = liveFaults(Object.fromEntries(new FormData(form)), words.labels, words, lang);
  const row = /^\/\w+\/\d+\//u.exec(field)?.[0];
  for (const control of form.querySelectorAll<HTMLInputElement>(row ? `[name^="${row}"]` : `[name="${field}"]`)) {
    // A field not filled yet is no mistake while its row is being written.
    const message = control.value === '' ? undefined : messages.get(control.name);
    mark(control, message);
  }
}

function mark(control: HTMLElement, message: string | undefined): void {
  const box = control.closest('.field');
  const id = `${control.id}-error`;
  let error = document.getElementById(id);
  if (!message) {
    error?.remove();
    box?.classList.remove('invalid');
    control.removeAttribute('aria-invalid');
    describe(control, []);
    return;
  }
  if (!error) {
    error = document.createElement('p');
    error.id = id;
    error.className = 'field-error';
    error.setAttribute('aria-live', 'polite');
    const above = control.closest('[data-row]')?.querySelector('[data-row-errors]');
    if (above) above.append(error);
    else control.before(error);
  }
  error.textContent = message;
  box?.classList.add('invalid');
  control.setAttribute('aria-invalid', 'true');
  describe(control, [id]);
}

function describe(control: HTMLElement, messages: readonly string[]): void {
  const hint = `${control.id}-hint`;
  const ids = [...(document.getElementById(hint) ? [hint] : []), ...messages];
  if (ids.length > 0) control.setAttribute('aria-describedby', ids.join(' '));
  else control.removeAttribute('aria-describedby');
}
