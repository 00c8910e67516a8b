/** As many as a declaration may hold. */
export const MOST_ROWS = 200;

/** A list of rows on the page. */
export interface Grid {
  readonly rows: HTMLElement;
  readonly list: string;
  /** Pointer of the list; `/at/3/name` is the name of an input. */
  readonly at: string;
  readonly columns: readonly string[];
  readonly add: () => Element | null;
}

export interface Place {
  readonly row: number;
  readonly column: string;
}

/** Where in the grid an input stands. */
export function placeOf(control: HTMLInputElement, { at }: Grid): Place | null {
  const [row, column] = control.name.startsWith(`${at}/`) ? control.name.slice(at.length + 1).split('/') : [];
  return row && column ? { row: Number(row), column } : null;
}

/** Goes to a cell; below the last row a new one begins. */
export function moveTo({ row, column }: Place, grid: Grid): void {
  if (grid.rows.children.length <= row) grid.add();
  grid.rows.querySelector<HTMLElement>(`[name="${grid.at}/${row}/${column}"]`)?.focus();
}

/** Names and ids are pointers, so a row carries its place in each of them. */
export function renumber({ rows, list, at }: Grid): void {
  const place = new RegExp(`(${at}/|remove-${list}-)\\d+`, 'g');
  [...rows.children].forEach((row, i) => {
    for (const element of row.querySelectorAll('[name], [id], [for], button')) {
      for (const attribute of ['name', 'id', 'for', 'aria-describedby', 'value']) {
        const value = element.getAttribute(attribute);
        // What people typed is a property of its input by now; only buttons carry a place in their value.
        if (value === null || (attribute === 'value' && element.tagName !== 'BUTTON')) continue;
        element.setAttribute(attribute, value.replace(place, `$1${i}`));
      }
    }
    const remove = row.querySelector('[data-remove]');
    const said = remove?.getAttribute('aria-label');
    if (said) remove?.setAttribute('aria-label', said.replace(/\d+/u, String(i + 1)));
  });
}
