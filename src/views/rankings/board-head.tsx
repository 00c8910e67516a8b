import type { VNode } from 'preact';
import { Facts, Hash } from '../components/facts.tsx';
import { OrganisationName } from '../components/names.tsx';
import { formatCount, formatDate } from '../format.ts';
import { link, words } from '../frame.ts';
import type { BoardProps } from './board-props.ts';
import { EditionNotices, EditionTags } from './board-state.tsx';

/** What list this is, by whom, of what, up to when, and how anybody can check it. */
export function BoardHead(props: BoardProps): VNode {
  const { frame, list, edition, newest, publishedAt, body, head, scheme } = props;
  const t = frame.t.boards;
  const schemeAddress = link(frame, `/schemes/${head.scheme.code}/${head.scheme.version}`);
  return (
    <>
      <div class="title-row">
        <h1>
          {`${words(frame, scheme.title)} ${t.suffix}`} <small>{t.edition(edition)}</small>{' '}
          <EditionTags frame={frame} state={props.state} />
        </h1>
        <Badge {...props} />
      </div>
      {newest > edition ? (
        <p class="notice">
          <a href={link(frame, `/boards/${list}/${newest}`)}>{t.newer(newest)}</a>
        </p>
      ) : null}
      <EditionNotices frame={frame} list={list} edition={edition} head={head} state={props.state} />
      <Facts
        strip
        facts={[
          [t.body, <OrganisationName frame={frame} name={body} />],
          [t.compared, t.items(formatCount(head.inputs.count))],
          [t.scheme, <a href={schemeAddress}>{`${head.scheme.code} v${head.scheme.version}`}</a>],
          [t.publishedOn, formatDate(publishedAt)],
          ...(head.logSize === null ? [] : [[t.cutOff, t.logSize(formatCount(head.logSize))] as const]),
          ...(props.state.validUntil === null ? [] : [[frame.t.lists.validUntil, props.state.validUntil] as const]),
          ...(newest > 1 ? [[t.editions, <Editions {...props} />] as const] : []),
        ]}
      />
    </>
  );
}

/** The newest dozen; the numbers are dense, so older ones are an address away. */
function Editions({ frame, list, edition, newest }: BoardProps): VNode {
  const numbers = Array.from({ length: Math.min(newest, 12) }, (_, i) => newest - i);
  return (
    <ul class="inline-list">
      {numbers.map((number) => (
        <li>{number === edition ? number : <a href={link(frame, `/boards/${list}/${number}`)}>{number}</a>}</li>
      ))}
      <li>
        <a href={link(frame, `/boards/${list}/editions`)}>{frame.t.lists.editions.title}</a>
      </li>
    </ul>
  );
}

/** Never a green tick: whether the bytes are right is for the reader's own machine to say. */
function Badge({ frame, list, edition, sha256, run }: BoardProps): VNode {
  const t = frame.t.board;
  return (
    <details class="badge">
      <summary>
        <b>{t.unsigned}</b>
        <span>{`${t.recompute} · ${t.unwitnessed}`}</span>
      </summary>
      <p>
        {`${t.sha256} `}
        <Hash value={sha256} />
      </p>
      <p>{t.command}</p>
      <p>
        <a href={`/api/v1/ranking-lists/${list}/${edition}/file`}>{t.file}</a>{' '}
        <a href={`/api/v1/comparison-runs/${run}/inputs`}>{t.inputs}</a>{' '}
        <a href={`/api/v1/ranking-lists/${list}/${edition}/kit`}>{frame.t.lists.kit}</a>
      </p>
    </details>
  );
}
