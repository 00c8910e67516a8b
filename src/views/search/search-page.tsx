import type { VNode } from 'preact';
import { DeclarationRows, type ShownDeclaration } from '../components/declaration-rows.tsx';
import { SearchBox } from '../components/search-box.tsx';
import { formatCount } from '../format.ts';
import { type Frame, link, withQuery } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';

export interface ShownCategory {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string | null;
}

interface Props {
  readonly frame: Frame;
  readonly query: string;
  readonly category: string | null;
  readonly categories: readonly ShownCategory[];
  readonly declarations: readonly ShownDeclaration[];
  /** The most that a search gives; reaching it is said. */
  readonly limit: number;
  readonly next: string | null;
}

export function SearchPage(props: Props): VNode {
  const { frame, query, category, categories, declarations, next } = props;
  const t = frame.t.search;
  const asked = query !== '' || category !== null;
  return (
    <Layout frame={frame} title={query === '' ? t.title : `${query} · ${t.title}`} section="standards">
      <div class="search-page">
        <h1>{t.title}</h1>
        <SearchBox frame={frame} query={query} />
        <p>
          <a href={link(frame, '/standards')}>{frame.t.catalogue.title}</a>
        </p>
        <section aria-labelledby="results">
          <h2 id="results" class={asked ? 'count' : 'visually-hidden'}>
            {asked ? heading(props) : t.results}
          </h2>
          {asked && declarations.length === 0 ? <Empty {...props} /> : null}
          {declarations.length > 0 ? (
            <DeclarationRows frame={frame} caption={t.results} declarations={declarations} withEnterprise />
          ) : null}
          {next ? (
            <nav class="pager" aria-label={frame.t.board.pages}>
              <a href={link(frame, '/search') + categoryQuery(category)}>{t.first}</a>
              <a rel="next" href={link(frame, withQuery('/search', { category, page: next }))}>
                {t.next}
              </a>
            </nav>
          ) : null}
        </section>
        <Categories frame={frame} categories={categories} chosen={category} />
      </div>
    </Layout>
  );
}

function heading({ frame, query, declarations, limit }: Props): string {
  const t = frame.t.search;
  if (query === '') return t.listed(formatCount(declarations.length));
  const capped = declarations.length >= limit;
  const count = formatCount(declarations.length);
  const found = t.found(capped ? frame.t.site.unknownCount(count) : count, query);
  return capped ? `${found}。${t.capped(formatCount(limit))}` : found;
}

function Empty({ frame, query }: Props): VNode {
  const t = frame.t.search;
  return (
    <p class="empty">
      {query === '' ? t.noneInCategory : t.none(query)} <a href={link(frame, '/search')}>{t.clear}</a>
    </p>
  );
}

function Categories({
  frame,
  categories,
  chosen,
}: {
  readonly frame: Frame;
  readonly categories: readonly ShownCategory[];
  readonly chosen: string | null;
}): VNode {
  const t = frame.t.search;
  return (
    <nav class="categories" aria-labelledby="categories">
      <h2 id="categories">{t.byCategory}</h2>
      <ul>
        {categories.map(({ code, nameZh, nameEn }) => (
          <li>
            <a
              href={link(frame, withQuery('/search', { category: code }))}
              aria-current={code === chosen ? 'true' : undefined}
            >
              {frame.lang === 'zh' ? nameZh : (nameEn ?? nameZh)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function categoryQuery(category: string | null): string {
  return withQuery('', { category });
}
