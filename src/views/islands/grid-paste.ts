import { type Grid, placeOf, renumber } from './grid-rows.ts';

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** What a paste changed, so that it can be taken back. */
export interface Pasted {
  readonly before: readonly (readonly [control: Control, value: string])[];
  readonly added: readonly Element[];
}

/** A block of cells from a spreadsheet fills the fields from the caret on, adding rows; one cell is pasted as usual. */
export function fillCells(event: ClipboardEvent, grid: Grid): Pasted | null {
  const target = event.target as HTMLInputElement;
  const place = placeOf(target, grid);
  const text = event.clipboardData?.getData('text/plain') ?? '';
  if (!place || target.tagName === 'TEXTAREA' || !/[\t\n]/u.test(text.trim())) return null;
  event.preventDefault();
  const first = grid.columns.indexOf(place.column);
  const before: [Control, string][] = [];
  const added: Element[] = [];
  text
    .replace(/\r?\n$/u, '')
    .split(/\r?\n/u)
    .forEach((line, down) => {
      const row = place.row + down;
      while (grid.rows.children.length <= row) {
        const one = grid.add();
        if (!one) return;
        added.push(one);
      }
      line.split('\t').forEach((cell, across) => {
        const name = `${grid.at}/${row}/${grid.columns[first + across]}`;
        const control = grid.rows.querySelector<Control>(`[name="${name}"]`);
        if (!control) return;
        before.push([control, control.value]);
        setValue(control, cell.trim());
      });
    });
  return { before, added };
}

export function restore({ before, added }: Pasted, grid: Grid): void {
  // Backwards, for a cell that was written twice.
  for (const [control, value] of [...before].reverse()) control.value = value;
  for (const row of added) row.remove();
  renumber(grid);
}

/** A select takes a cell that is one of its values or of its texts; otherwise it stays. */
function setValue(control: Control, cell: string): void {
  if (!(control instanceof HTMLSelectElement)) {
    control.value = cell;
    return;
  }
  const option = [...control.options].find(({ value, text }) => value === cell || text.startsWith(cell));
  if (option && cell !== '') control.value = option.value;
}
