import type { VNode } from 'preact';
import type { DeclarationDocument } from '../../domain/declarations/document.ts';
import type { LeftRow } from '../../domain/rankings/row-change.ts';
import { Scroll } from '../components/facts.tsx';
import { formatCount } from '../format.ts';
import type { Frame } from '../frame.ts';
import { Causes, RowName, standingInWords } from './changes-page.tsx';

export interface ShownLeft {
  readonly row: LeftRow;
  readonly document: DeclarationDocument | null;
}

/** Rows that have left and not come back: they stay, struck through, with why and when. */
export function LeftTable({
  frame,
  rows,
  total,
}: {
  readonly frame: Frame;
  readonly rows: readonly ShownLeft[];
  readonly total: number;
}): VNode | null {
  const t = frame.t.lists.left;
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby="gone" class="gone">
      <h2 id="gone">{t.title(formatCount(total))}</h2>
      <p class="hint">{t.hint}</p>
      <Scroll label={t.title(formatCount(total))}>
        <table class="cards" role="table">
          <thead>
            <tr role="row">
              {[frame.t.board.enterprise, t.last, frame.t.lists.changes.cause].map((head) => (
                <th role="columnheader" scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ row, document }) => (
              <tr role="row">
                <RowName frame={frame} declaration={row.declaration} document={document} struck />
                <td role="cell" data-label={t.last}>
                  {standingInWords(frame, row.last)}
                  <small class="under">{t.edition(row.edition)}</small>
                </td>
                <td role="cell" data-label={frame.t.lists.changes.cause}>
                  <Causes frame={frame} causes={row.causes} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}
