import type { VNode } from 'preact';
import type { DeclarationDocument } from '../../domain/declarations/document.ts';
import type { DECLARATION_STATES } from '../../domain/declarations/content.ts';
import { formatRequirement } from '../../domain/indicators/requirement.ts';
import { formatDate } from '../format.ts';
import { type Frame, link } from '../frame.ts';
import { Scroll, StateTag } from './facts.tsx';
import { Chinese, OrganisationName } from './names.tsx';

/** A public declaration as lists and pages show it. */
export interface ShownDeclaration {
  readonly id: string;
  readonly state: (typeof DECLARATION_STATES)[number];
  readonly publishedAt: Date;
  readonly document: DeclarationDocument;
}

interface Props {
  readonly frame: Frame;
  readonly caption: string;
  readonly declarations: readonly ShownDeclaration[];
  readonly withEnterprise: boolean;
}

/** One row a declaration: number, name, enterprise, first indicator, state, day. */
export function DeclarationRows({ frame, caption, declarations, withEnterprise }: Props): VNode {
  const t = frame.t.search;
  return (
    <Scroll label={caption}>
      <table class="cards declaration-rows">
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t.number}</th>
            <th scope="col">{t.standard}</th>
            {withEnterprise ? <th scope="col">{t.enterprise}</th> : null}
            <th scope="col">{t.indicator}</th>
            <th scope="col">{t.state}</th>
            <th scope="col">{t.publishedOn}</th>
          </tr>
        </thead>
        <tbody>
          {declarations.map((declaration) => (
            <Row frame={frame} declaration={declaration} withEnterprise={withEnterprise} />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function Row({
  frame,
  declaration,
  withEnterprise,
}: {
  readonly frame: Frame;
  readonly declaration: ShownDeclaration;
  readonly withEnterprise: boolean;
}): VNode {
  const { id, state, publishedAt, document } = declaration;
  const { number, content, enterprise } = document;
  const t = frame.t.search;
  return (
    <tr>
      <th scope="row">
        <a class="code" href={link(frame, `/s/${id}`)}>
          {number.canonical}
        </a>
      </th>
      <td data-label={t.standard}>
        <Chinese frame={frame}>
          {content.standard.name}
          <small class="under">{content.products.map((product) => product.name).join('、')}</small>
        </Chinese>
      </td>
      {withEnterprise ? (
        <td data-label={t.enterprise}>
          <OrganisationName frame={frame} name={enterprise.name} href={`/e/${enterprise.code}`} />
        </td>
      ) : null}
      <td data-label={t.indicator}>
        <KeyIndicator frame={frame} document={document} />
      </td>
      <td data-label={t.state}>
        <StateTag state={state} text={frame.t.states[state]} />
      </td>
      <td data-label={t.publishedOn} class="number">
        {formatDate(publishedAt)}
      </td>
    </tr>
  );
}

function KeyIndicator({ frame, document }: { readonly frame: Frame; readonly document: DeclarationDocument }): VNode {
  const first = document.content.indicators[0];
  if (!first) return <>{frame.t.search.noIndicator}</>;
  const shown = first.raw ?? formatRequirement({ ...first, second: first.second ?? null });
  return <Chinese frame={frame}>{`${first.name} ${shown}`}</Chinese>;
}
