import type { VNode } from 'preact';
import type { Text } from '../../domain/fault.ts';
import type { ListRow } from '../../domain/rankings/list.ts';
import { formatCount } from '../format.ts';
import { type Frame, link, words } from '../frame.ts';

export interface ShownListing {
  readonly list: string;
  readonly edition: number;
  readonly title: Text;
  readonly overall: boolean;
  readonly row: ListRow;
  readonly rank: number | null;
  readonly entries: number;
}

interface Props {
  readonly frame: Frame;
  readonly declaration: string;
  readonly listings: readonly ShownListing[];
}

/** Where the declaration stands on the newest editions, each leading to how it came to stand there. */
export function Listings({ frame, declaration, listings }: Props): VNode | null {
  const t = frame.t.lists.listings;
  if (listings.length === 0) return null;
  return (
    <section aria-labelledby="listings">
      <h2 id="listings">{t.title}</h2>
      <ul class="object-list">
        {listings.map((listing) => (
          <li>
            <a href={link(frame, `/boards/${listing.list}/${listing.edition}/entry/${declaration}`)}>
              {`${words(frame, listing.title)} · ${frame.t.boards.edition(listing.edition)}`}
            </a>
            <p class="under">{standsAs(frame, listing)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function standsAs(frame: Frame, { row, rank, overall, entries }: ShownListing): string {
  const t = frame.t.lists.listings;
  if (row.excluded) return `${t.leftOut}${frame.t.site.colon}${frame.t.board.exclusions[row.excluded.reason]}`;
  if (!overall || row.grade === null || rank === null) return t.tiers;
  return t.ranked(frame.t.board.grades[row.grade], formatCount(rank), formatCount(entries));
}
