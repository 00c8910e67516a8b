import type { VNode } from 'preact';
import { STANDARD_LEVELS, type StandardLevel } from '../../domain/standards/number.ts';
import { Pager } from '../components/pager.tsx';
import { StateTag } from '../components/facts.tsx';
import { type Frame, link, withQuery } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';
import { nameOf, standardAddress, type ShownStandard } from './standard-props.ts';

interface Props {
  readonly frame: Frame;
  readonly query: string;
  readonly level: StandardLevel | null;
  readonly standards: readonly ShownStandard[];
  readonly next: string | null;
}

/** The catalogue of standards: a search by number or title, and by level. */
export function StandardsPage({ frame, query, level, standards, next }: Props): VNode {
  const t = frame.t.catalogue;
  const nextPage = next && link(frame, withQuery('/standards', { q: query, level, page: next }));
  return (
    <Layout frame={frame} title={t.title} section="standards">
      <div class="search-page">
        <h1>{t.title}</h1>
        <SearchForm frame={frame} query={query} level={level} />
        <section aria-labelledby="results">
          <h2 id="results">{t.results}</h2>
          {standards.length === 0 ? <p class="empty">{t.none}</p> : <Rows frame={frame} standards={standards} />}
          <Pager frame={frame} previous={null} next={nextPage} />
        </section>
      </div>
    </Layout>
  );
}

function SearchForm({ frame, query, level }: Pick<Props, 'frame' | 'query' | 'level'>): VNode {
  const t = frame.t.catalogue;
  return (
    <form class="search-box" action={link(frame, '/standards')} role="search">
      <label for="q">{t.label}</label>
      <div class="search-row">
        <input id="q" type="search" name="q" value={query} maxLength={100} aria-describedby="q-hint" />
        <button class="primary">{frame.t.search.button}</button>
      </div>
      <p id="q-hint" class="hint">
        {t.hint}
      </p>
      <label for="level">{t.level}</label>
      <select id="level" name="level">
        <option value="" selected={level === null}>
          {t.anyLevel}
        </option>
        {STANDARD_LEVELS.filter((one) => one !== 'enterprise').map((one) => (
          <option value={one} selected={one === level}>
            {t.levels[one]}
          </option>
        ))}
      </select>
    </form>
  );
}

function Rows({ frame, standards }: Pick<Props, 'frame' | 'standards'>): VNode {
  const t = frame.t.catalogue;
  return (
    <div class="scroll" role="group" aria-label={t.results} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.number}</th>
            <th scope="col">{t.name}</th>
            <th scope="col">{t.effectiveOn}</th>
            <th scope="col">{t.status}</th>
          </tr>
        </thead>
        <tbody>
          {standards.map(({ standard, status }) => (
            <tr>
              <th scope="row">
                <a href={link(frame, standardAddress(standard.number))}>{standard.number}</a>
              </th>
              <td>{nameOf(frame, standard)}</td>
              <td>{standard.effectiveOn ?? t.unknown}</td>
              <td>
                <StateTag state={status} text={t.statuses[status]} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
