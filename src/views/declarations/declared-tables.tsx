import type { VNode } from 'preact';
import type { DeclarationContent, DeclaredIndicator } from '../../domain/declarations/content.ts';
import { formatRequirement } from '../../domain/indicators/requirement.ts';
import { Scroll } from '../components/facts.tsx';
import { Chinese } from '../components/names.tsx';
import type { Frame } from '../frame.ts';

/** Relation, value and unit as declared, in the declaration's own digits. */
export function shownRequirement(indicator: DeclaredIndicator): string {
  return indicator.raw ?? formatRequirement({ ...indicator, second: indicator.second ?? null });
}

export function IndicatorTable({
  frame,
  indicators,
}: {
  readonly frame: Frame;
  readonly indicators: readonly DeclaredIndicator[];
}): VNode {
  const t = frame.t.declaration;
  return (
    <Scroll label={t.indicators}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.indicator}</th>
            <th scope="col" class="number">
              {t.requirement}
            </th>
            <th scope="col">{t.method}</th>
            <th scope="col">{t.kind}</th>
          </tr>
        </thead>
        <tbody>
          {indicators.map((indicator) => (
            <tr>
              <th scope="row">
                <Chinese frame={frame}>{indicator.name}</Chinese>
              </th>
              <td class="number">{shownRequirement(indicator)}</td>
              <td>{indicator.testMethod ?? t.noMethod}</td>
              <td>{t[indicator.kind]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

export function ProductTable({
  frame,
  products,
}: {
  readonly frame: Frame;
  readonly products: DeclarationContent['products'];
}): VNode {
  const t = frame.t.declaration;
  const hasBrand = products.some((product) => product.brand);
  return (
    <Scroll label={t.products}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.product}</th>
            {hasBrand ? <th scope="col">{t.brand}</th> : null}
            <th scope="col">{t.models}</th>
          </tr>
        </thead>
        <tbody>
          {products.map((product) => (
            <tr>
              <th scope="row">
                <Chinese frame={frame}>{[product.name, product.specification].filter(Boolean).join(' ')}</Chinese>
              </th>
              {hasBrand ? <td>{product.brand ?? ''}</td> : null}
              <td>
                <Chinese frame={frame}>{product.models.join('、')}</Chinese>
                {product.barcodes && product.barcodes.length > 0 ? (
                  <p class="hint">
                    {frame.t.marks.barcodes} {product.barcodes.join('、')}
                  </p>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

export function ParameterTable({
  frame,
  parameters,
}: {
  readonly frame: Frame;
  readonly parameters: DeclarationContent['parameters'];
}): VNode {
  const t = frame.t.declaration;
  return (
    <Scroll label={t.parameters}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.parameter}</th>
            <th scope="col" class="number">
              {t.value}
            </th>
          </tr>
        </thead>
        <tbody>
          {parameters.map((parameter) => (
            <tr>
              <th scope="row">
                <Chinese frame={frame}>{parameter.name}</Chinese>
              </th>
              <td class="number">{`${parameter.value} ${parameter.unit ?? ''}`.trim()}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
