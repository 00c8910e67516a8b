import type { VNode } from 'preact';
import type { ShownDeclaration } from '../components/declaration-rows.tsx';
import { Chinese, OrganisationName } from '../components/names.tsx';
import { formatDate } from '../format.ts';
import { type Frame, link } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';

/** What a product's barcode opens: who declares which standard for it, in a sentence each, with its state. */
export function BarcodePage({
  frame,
  gtin,
  declarations,
}: {
  readonly frame: Frame;
  readonly gtin: string;
  readonly declarations: readonly ShownDeclaration[];
}): VNode {
  const t = frame.t.barcode;
  const gap = frame.lang === 'zh' ? '' : ' ';
  return (
    <Layout frame={frame} title={t.title(gtin)}>
      <h1>{t.title(gtin)}</h1>
      {declarations.length === 0 ? <p class="lead">{t.none}</p> : null}
      <ul class="barcode-declarations">
        {declarations.map((declaration) => {
          const { enterprise, number, content } = declaration.document;
          const product = content.products.find(({ barcodes }) => barcodes?.includes(gtin)) ?? content.products[0];
          return (
            <li>
              <p class="lead">
                <OrganisationName frame={frame} name={enterprise.name} href={`/e/${enterprise.code}`} />
                {`${gap}${frame.t.declaration.declares}${gap}`}
                <Chinese frame={frame}>{product?.name ?? ''}</Chinese>
                {gap}
                {frame.t.declaration.sentence(
                  number.canonical,
                  formatDate(declaration.publishedAt),
                  frame.t.states[declaration.state],
                )}
              </p>
              <p>
                <a class="button" href={link(frame, `/s/${declaration.id}`)}>
                  {t.open}
                </a>
              </p>
            </li>
          );
        })}
      </ul>
      <p class="hint">{t.hint}</p>
    </Layout>
  );
}
