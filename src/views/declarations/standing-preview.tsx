import type { VNode } from 'preact';
import type { NextGrade } from '../../domain/comparisons/next-grade.ts';
import type { ComparisonResult } from '../../domain/comparisons/result.ts';
import type { Scheme } from '../../domain/schemes/scheme.ts';
import { formatCount } from '../format.ts';
import { type Frame, link, words } from '../frame.ts';
import { exclusionInWords } from '../rankings/excluded-table.tsx';
import { NextGradeList } from '../rankings/next-grade.tsx';

export interface ShownStanding {
  readonly scheme: Scheme;
  readonly result: ComparisonResult;
  readonly next: NextGrade | null;
  readonly place: { readonly edition: number; readonly rank: number; readonly listed: number } | null;
}

interface Props {
  readonly frame: Frame;
  readonly standings: readonly ShownStanding[];
}

/** Where the declaration would stand by each scheme in force, and what would bring the next grade; before it is public. */
export function StandingPreview({ frame, standings }: Props): VNode {
  const t = frame.t.lists.standing;
  return (
    <section class="card" aria-labelledby="standing">
      <h2 id="standing">{t.title}</h2>
      <p class="hint">{t.hint}</p>
      {standings.length === 0 ? <p>{t.none}</p> : null}
      {standings.map((standing) => (
        <article aria-labelledby={`standing-${standing.scheme.code}`}>
          <h3 id={`standing-${standing.scheme.code}`}>
            <a href={link(frame, `/schemes/${standing.scheme.code}/${standing.scheme.version}`)}>
              {words(frame, standing.scheme.title)}
            </a>
          </h3>
          <p>{placeInWords(frame, standing)}</p>
          {standing.next ? (
            <NextGradeList frame={frame} scheme={standing.scheme} next={standing.next} level={4} />
          ) : null}
        </article>
      ))}
    </section>
  );
}

function placeInWords(frame: Frame, { scheme, result, place }: ShownStanding): string {
  const t = frame.t.lists.standing;
  if (result.excluded || result.grade === null)
    return result.excluded
      ? `${t.ungraded}${exclusionInWords(frame, scheme, result.excluded, result.indicators)}`
      : frame.t.board.neutralTiers;
  const grade = frame.t.board.grades[result.grade];
  return place ? t.grade(grade, formatCount(place.rank), formatCount(place.listed), place.edition) : t.noEdition(grade);
}
