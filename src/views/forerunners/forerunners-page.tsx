import type { VNode } from 'preact';
import type { Text } from '../../domain/fault.ts';
import { StateTag } from '../components/facts.tsx';
import { OrganisationName } from '../components/names.tsx';
import { formatCount, formatDate } from '../format.ts';
import { type Frame, link, words } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';

interface ShownForerunners {
  readonly list: string;
  readonly edition: number;
  readonly title: Text;
  readonly body: string;
  readonly entries: number;
  readonly validUntil: string;
  readonly publishedAt: string;
}

/** The newest edition of every forerunner list. */
export function ForerunnersPage({
  frame,
  lists,
}: {
  readonly frame: Frame;
  readonly lists: readonly ShownForerunners[];
}): VNode {
  const t = frame.t.forerunners;
  return (
    <Layout frame={frame} title={t.title} section="boards">
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      {lists.length === 0 ? <p>{t.none}</p> : null}
      <ul class="object-list">
        {lists.map(({ list, edition, title, body, entries, validUntil, publishedAt }) => (
          <li>
            <a href={link(frame, `/forerunners/${list}/${edition}`)}>
              {`${words(frame, title)} ${t.suffix} · ${t.edition(String(edition))}`}
            </a>
            <p class="under">
              <OrganisationName frame={frame} name={body} />
              {` · ${formatDate(new Date(publishedAt))} · ${t.entriesCount(formatCount(entries))} · ${t.validUntil} ${validUntil}`}
            </p>
          </li>
        ))}
      </ul>
    </Layout>
  );
}

/** Entries of one enterprise, on its page; nothing where there are none. */
export function EnterpriseForerunners({
  frame,
  entries,
  today,
}: {
  readonly frame: Frame;
  readonly entries: readonly {
    readonly list: string;
    readonly edition: number;
    readonly declaration: string;
    readonly removed: boolean;
    readonly validUntil: string;
  }[];
  readonly today: string;
}): VNode | null {
  const t = frame.t.forerunners;
  if (entries.length === 0) return null;
  return (
    <section aria-labelledby="forerunners">
      <h2 id="forerunners">{t.ofEnterprise}</h2>
      <ul class="plain-list">
        {entries.map(({ list, edition, declaration, removed, validUntil }) => (
          <li>
            <a href={link(frame, `/forerunners/${list}/${edition}`)}>{`${list} ${t.edition(String(edition))}`}</a>
            {' · '}
            <a class="code" href={link(frame, `/s/${declaration}`)}>
              {declaration}
            </a>
            {` · ${t.validUntil} ${validUntil} `}
            {removed ? <StateTag state="withdrawn" text={t.removed} /> : null}
            {!removed && validUntil < today ? <StateTag state="failed" text={t.expired} /> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
