import type { VNode } from 'preact';
import type { Because } from '../../domain/forerunners/checks.ts';
import type { ForerunnerEntry, LeftOutCandidate } from '../../domain/forerunners/list.ts';
import { type RecordKind, RECORDS } from '../../domain/forerunners/vocabulary.ts';
import { Scroll } from '../components/facts.tsx';
import { Chinese, OrganisationName } from '../components/names.tsx';
import { type Frame, inBrackets, link } from '../frame.ts';

type Named = Pick<ForerunnerEntry, 'declaration' | 'enterprise' | 'number'>;

/** Enterprise and standard of a row; struck through where it was taken off. */
export function ForerunnerName({
  frame,
  of: { declaration, enterprise, number },
  struck = false,
}: {
  readonly frame: Frame;
  readonly of: Named;
  readonly struck?: boolean;
}): VNode {
  const name = (
    <>
      <OrganisationName frame={frame} name={enterprise.name} href={`/e/${enterprise.code}`} />
      <small class="under">
        <a href={link(frame, `/s/${declaration}`)}>
          <Chinese frame={frame}>{number}</Chinese>
        </a>
      </small>
    </>
  );
  return (
    <th role="rowheader" scope="row" class="entry">
      {struck ? <s>{name}</s> : name}
    </th>
  );
}

/** 信用记录, or the basic requirement of the scheme by its code. */
export function aboutInWords(frame: Frame, about: string): string {
  const t = frame.t.forerunners;
  if (RECORDS.includes(about as RecordKind)) return t.checks[about as RecordKind];
  return about.startsWith('requirement/') ? t.requirement(about.slice('requirement/'.length)) : about;
}

export function becauseInWords(frame: Frame, because: readonly Because[]): string {
  const t = frame.t.forerunners;
  return because
    .map(({ reason, about }) => inBrackets(frame, t.reasons[reason], about === null ? '' : aboutInWords(frame, about)))
    .join(frame.t.site.semicolon);
}

/** A table whose rows become cards on a phone. */
export function Rows({
  caption,
  heads,
  children,
}: {
  readonly caption: string;
  readonly heads: readonly string[];
  readonly children: readonly VNode[];
}): VNode {
  return (
    <Scroll label={caption}>
      <table class="cards forerunners" role="table">
        <thead>
          <tr role="row">
            {heads.map((head) => (
              <th role="columnheader" scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </Scroll>
  );
}

/** Candidates that are not listed, each with every reason. */
export function LeftOut({
  frame,
  rows,
}: {
  readonly frame: Frame;
  readonly rows: readonly LeftOutCandidate[];
}): VNode | null {
  const t = frame.t.forerunners;
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby="left-out">
      <h2 id="left-out">{t.leftOutTitle}</h2>
      <p class="hint">{t.leftOutHint}</p>
      <Rows caption={t.leftOutTitle} heads={[t.enterprise, t.cause]}>
        {rows.map((row) => (
          <tr role="row">
            <ForerunnerName frame={frame} of={row} />
            <td role="cell" data-label={t.cause}>
              {becauseInWords(frame, row.because)}
            </td>
          </tr>
        ))}
      </Rows>
    </section>
  );
}
