import type { VNode } from 'preact';
import type { CatalogueStandard } from '../../domain/standards/catalogue.ts';
import { statusOn } from '../../domain/standards/in-force.ts';
import type { DeclarationDocument } from '../../domain/declarations/document.ts';
import type { Frame } from '../frame.ts';

/** Public marks that a reader must not miss: upcoming, migrated, not in the catalogue, an executed standard's end. */
export function Marks({
  frame,
  declaration,
  catalogued,
  isDeregistered,
  today,
}: {
  readonly frame: Frame;
  readonly declaration: { readonly document: DeclarationDocument };
  readonly catalogued: CatalogueStandard | null | undefined;
  readonly isDeregistered: boolean;
  readonly today: string;
}): VNode | null {
  const t = frame.t.marks;
  const { standard, migratedFrom } = declaration.document.content;
  const marks: (readonly [mark: string, said: string])[] = [];
  if (standard.effectiveOn > today) marks.push([t.upcoming(standard.effectiveOn), '']);
  if (catalogued === null) marks.push([t.notInCatalogue, t.notInCatalogueLong]);
  if (catalogued && statusOn(catalogued, today) === 'withdrawn') {
    const successors = catalogued.replacedBy.map(({ number }) => number).join('、');
    marks.push([t.standardWithdrawn(catalogued.withdrawnOn ?? ''), successors ? t.replacedBy(successors) : '']);
  }
  if (migratedFrom) {
    marks.push([t.migrated, t.migratedLong(migratedFrom.platform, migratedFrom.publishedOn, migratedFrom.id)]);
  }
  if (isDeregistered) marks.push([t.deregistered, '']);
  if (marks.length === 0) return null;
  return (
    <ul class="marks">
      {marks.map(([mark, said]) => (
        <li>
          <span class="tag">{mark}</span> {said}
        </li>
      ))}
    </ul>
  );
}
