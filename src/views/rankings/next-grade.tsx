import type { VNode } from 'preact';
import type { NeededChange, NextGrade } from '../../domain/comparisons/next-grade.ts';
import type { Scheme } from '../../domain/schemes/scheme.ts';
import { formatNumber, formatUnit } from '../format.ts';
import { type Frame, words } from '../frame.ts';

/** What would bring the next grade: any of these alone, or all of them together. */
export function NextGradeList({
  frame,
  scheme,
  next,
  level = 2,
}: {
  readonly frame: Frame;
  readonly scheme: Scheme;
  readonly next: NextGrade;
  /** Of its heading. */
  readonly level?: 2 | 4;
}): VNode {
  const t = frame.t.lists.source;
  const grade = frame.t.board.grades[next.grade];
  const alone = next.anyOf.length > 0;
  const changes = alone ? next.anyOf : next.allOf;
  return (
    <section aria-labelledby={`next-${scheme.code}`}>
      {level === 2 ? <h2 id={`next-${scheme.code}`}>{t.next}</h2> : <h4 id={`next-${scheme.code}`}>{t.next}</h4>}
      {changes.length > 0 ? <p>{alone ? t.nextOne(grade) : t.nextAll(grade)}</p> : null}
      <ul>
        {changes.map((change) => (
          <li>{changeInWords(frame, scheme, change)}</li>
        ))}
        {next.innovation ? (
          <li>{t.nextInnovation(next.innovation.more, frame.t.board.levels[next.innovation.level])}</li>
        ) : null}
      </ul>
    </section>
  );
}

function changeInWords(frame: Frame, scheme: Scheme, { code, now, level, threshold }: NeededChange): string {
  const t = frame.t.lists.source;
  const indicator = scheme.indicators.find((one) => one.code === code);
  const unit = formatUnit(indicator?.unit ?? '1');
  const quantity = (value: string) => `${formatNumber(value)} ${unit}`.trim();
  const name = indicator ? words(frame, indicator.name) : code;
  const needed = t.need(frame.t.board.levels[level], threshold === null ? '' : quantity(threshold)).trim();
  const { open, close, colon } = frame.t.site;
  return `${name}${colon}${needed}${open}${now === null ? t.nowNone : t.now(quantity(now))}${close}`;
}
