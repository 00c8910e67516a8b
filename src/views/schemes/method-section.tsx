import type { VNode } from 'preact';
import type { WorkedExample } from '../../domain/schemes/preview.ts';
import {
  type Grade,
  hasOverallGrade,
  LIST_MONTHS,
  OBJECTION_DAYS,
  type Scheme,
  STARS,
} from '../../domain/schemes/scheme.ts';
import { Scroll } from '../components/facts.tsx';
import { Chinese } from '../components/names.tsx';
import { type Frame, link, words } from '../frame.ts';

interface Props {
  readonly frame: Frame;
  readonly scheme: Scheme;
}

/** How a grade is made: in words, as a formula with the scheme's own numbers, and by one real declaration. */
export function MethodSection({ frame, scheme, example }: Props & { readonly example: WorkedExample | null }): VNode {
  const t = frame.t.schemes;
  const { points, grades } = scheme.scoring ?? STARS;
  const isOverall = hasOverallGrade(scheme);
  return (
    <section aria-labelledby="method">
      <h2 id="method">{frame.t.scheme.method}</h2>
      {isOverall ? (
        <>
          <p class="reading">{t.methodText[scheme.method]}</p>
          <p>
            <strong>{t.formula[scheme.method]}</strong>
          </p>
          {scheme.method === 'weakest-core' ? null : (
            <p>
              {t.points(String(points.advanced), String(points.average), String(points.baseline))}
              {frame.t.site.semicolon}
              {t.leastScores(grades[1], grades[2], grades[3])}
            </p>
          )}
        </>
      ) : (
        <p class="reading">{t.tiersOnly}</p>
      )}
      {scheme.innovation ? <p>{`${t.innovation}${frame.t.site.colon}${innovationWords(frame, scheme)}`}</p> : null}
      <p class="hint">{t.never}</p>
      {example ? <Example frame={frame} scheme={scheme} example={example} /> : null}
      <h3>{t.rules}</h3>
      <ul>
        <li>{t.tiesText[scheme.ties ?? 'competition']}</li>
        {isOverall ? <li>{t.listed(frame.t.board.grades[scheme.listed ?? 3])}</li> : null}
        <li>{t.listMonths(String(scheme.listMonths ?? LIST_MONTHS))}</li>
        <li>{t.objectionDays(String(scheme.objectionDays ?? OBJECTION_DAYS))}</li>
        <li>{t.noFee}</li>
      </ul>
    </section>
  );
}

function innovationWords(frame: Frame, { innovation = [] }: Scheme): string {
  const { board, site } = frame.t;
  return innovation
    .map(({ grade, atLeast, level }) =>
      frame.lang === 'zh'
        ? `${board.grades[grade]}须至少 ${atLeast} 项达到${board.levels[level]}`
        : `${board.grades[grade]}: at least ${atLeast} at ${board.levels[level]}`,
    )
    .join(site.semicolon);
}

function Example({ frame, scheme, example }: Props & { readonly example: WorkedExample }): VNode {
  const t = frame.t.schemes;
  const { grade, score, indicators } = example.result;
  return (
    <section class="card" aria-labelledby="example">
      <h3 id="example">{t.example}</h3>
      <p>
        <a href={link(frame, `/s/${example.declaration}`)}>
          <Chinese frame={frame}>{t.exampleOf(example.number, example.enterprise)}</Chinese>
        </a>
      </p>
      <Scroll label={t.example}>
        <table>
          <thead>
            <tr>
              <th scope="col">{frame.t.scheme.indicator}</th>
              <th scope="col">{t.declared}</th>
              <th scope="col">{t.level}</th>
            </tr>
          </thead>
          <tbody>
            {indicators.map((result, i) => {
              const indicator = scheme.indicators[i];
              return (
                <tr>
                  <th scope="row">{indicator ? words(frame, indicator.name) : result.code}</th>
                  <td>{result.raw ?? frame.t.board.notDeclared}</td>
                  <td>{outcomeWords(frame, result)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scroll>
      <p>
        {score === null ? '' : t.exampleScore(score)} {gradeWords(frame, grade)}
      </p>
    </section>
  );
}

function outcomeWords({ t }: Frame, result: WorkedExample['result']['indicators'][number]): string {
  switch (result.outcome) {
    case 'lower-tier':
      return t.board.lowerTier(result.tier ?? 0);
    case 'not-applicable':
      return t.board.notApplicable;
    case 'not-comparable':
      return t.board.notComparable(result.reason ? t.board.reasons[result.reason] : '');
    default:
      return t.board.levels[result.outcome];
  }
}

function gradeWords({ t }: Frame, grade: Grade | null): string {
  return grade === null ? t.schemes.exampleNone : t.schemes.exampleGrade(t.board.grades[grade]);
}
