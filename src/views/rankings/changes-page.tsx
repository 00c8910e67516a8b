import type { VNode } from 'preact';
import type { ChangeCause, Standing } from '../../domain/rankings/row-change.ts';
import type { DeclarationDocument } from '../../domain/declarations/document.ts';
import type { RowChange } from '../../domain/rankings/row-change.ts';
import type { Scheme } from '../../domain/schemes/scheme.ts';
import { Scroll } from '../components/facts.tsx';
import { Chinese, OrganisationName } from '../components/names.tsx';
import { Pager } from '../components/pager.tsx';
import { type Frame, link, words } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';

export interface ShownChange {
  readonly change: RowChange;
  readonly document: DeclarationDocument | null;
}

interface Props {
  readonly frame: Frame;
  readonly list: string;
  readonly edition: number;
  /** Of a difference between any two editions: the other one. */
  readonly other: number | null;
  readonly scheme: Scheme;
  readonly changes: readonly ShownChange[];
  readonly previous: string | null;
  readonly next: string | null;
}

/** What entered, moved and left, each row with where it stood, where it stands, and why. */
export function ChangesPage({ frame, list, edition, other, scheme, changes, previous, next }: Props): VNode {
  const t = frame.t.lists.changes;
  const title = other === null ? t.title(edition) : t.between(other, edition);
  return (
    <Layout frame={frame} title={`${words(frame, scheme.title)} · ${title}`} section="boards">
      <p class="kicker">
        <a href={link(frame, `/boards/${list}/${edition}`)}>
          {`${words(frame, scheme.title)} ${frame.t.boards.suffix} · ${frame.t.boards.edition(edition)}`}
        </a>
      </p>
      <h1>{title}</h1>
      {other === null ? null : <p class="hint">{t.noCause}</p>}
      {changes.length === 0 ? (
        <p>{t.none}</p>
      ) : (
        <ChangesTable frame={frame} changes={changes} hasCauses={other === null} />
      )}
      <Pager frame={frame} previous={previous} next={next} />
    </Layout>
  );
}

export function ChangesTable({
  frame,
  changes,
  hasCauses,
}: {
  readonly frame: Frame;
  readonly changes: readonly ShownChange[];
  readonly hasCauses: boolean;
}): VNode {
  const t = frame.t.lists.changes;
  const heads = [t.kind, frame.t.board.enterprise, t.from, t.to, ...(hasCauses ? [t.cause] : [])];
  return (
    <Scroll label={t.kind}>
      <table class="cards" role="table">
        <thead>
          <tr role="row">
            {heads.map((head) => (
              <th role="columnheader" scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {changes.map(({ change, document }) => (
            <tr role="row">
              <td role="cell" data-label={t.kind}>
                {t.kinds[change.change]}
              </td>
              <RowName
                frame={frame}
                declaration={change.declaration}
                document={document}
                struck={change.change === 'left'}
              />
              <td role="cell" data-label={t.from}>
                {standingInWords(frame, change.from)}
              </td>
              <td role="cell" data-label={t.to}>
                {standingInWords(frame, change.to)}
              </td>
              {hasCauses ? (
                <td role="cell" data-label={t.cause}>
                  <Causes frame={frame} causes={change.causes} />
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** Whose row it is; struck through where it has left. */
export function RowName({
  frame,
  declaration,
  document,
  struck,
}: {
  readonly frame: Frame;
  readonly declaration: string;
  readonly document: DeclarationDocument | null;
  readonly struck: boolean;
}): VNode {
  const name = document ? (
    <>
      <OrganisationName frame={frame} name={document.enterprise.name} href={`/e/${document.enterprise.code}`} />
      <small class="under">
        <a href={link(frame, `/s/${declaration}`)}>
          <Chinese frame={frame}>
            {[document.number.canonical, document.content.products[0]?.models[0] ?? ''].join(' · ')}
          </Chinese>
        </a>
      </small>
    </>
  ) : (
    <a href={link(frame, `/s/${declaration}`)}>{declaration}</a>
  );
  return (
    <th role="rowheader" scope="row" class="entry">
      {struck ? <s>{name}</s> : name}
    </th>
  );
}

export function standingInWords(frame: Frame, standing: Standing | null): string {
  const t = frame.t.lists.changes;
  if (!standing || !standing.listed) return t.offList;
  return standing.grade === null ? frame.t.lists.state.published : frame.t.board.grades[standing.grade];
}

/** Each cause with what proves it, who acted, and when. */
export function Causes({ frame, causes }: { readonly frame: Frame; readonly causes: readonly ChangeCause[] }): VNode {
  const t = frame.t.lists.changes;
  return (
    <ul class="plain-list">
      {causes.map((cause) => (
        <li>
          {cause.event
            ? `${t.causes[cause.cause]}${frame.t.site.colon}${t.events[cause.event]}`
            : t.causes[cause.cause]}
          <small class="under">
            <Evidence frame={frame} cause={cause} />
            {cause.follows ? (
              <>
                {` · ${t.follows} `}
                <a href={link(frame, `/s/${cause.follows}`)}>{cause.follows}</a>
              </>
            ) : null}
            {` · ${cause.on ?? t.edition}${cause.by ? ` · ${cause.by}` : ''}`}
          </small>
        </li>
      ))}
    </ul>
  );
}

function Evidence({
  frame,
  cause: { cause, evidence },
}: {
  readonly frame: Frame;
  readonly cause: ChangeCause;
}): VNode {
  const address = {
    objection: `/objections/${encodeURIComponent(evidence)}`,
    version: `/s/${evidence.replace(/\/\d+$/u, '')}`,
    standard: `/standards/${encodeURIComponent(evidence)}`,
    scheme: `/schemes/${evidence}`,
    mapping: null,
    engine: null,
  }[cause];
  return address === null ? <code>{evidence.slice(0, 24)}</code> : <a href={link(frame, address)}>{evidence}</a>;
}
