import type { VNode } from 'preact';
import { parseObjectKey } from '../../domain/objections/object.ts';
import type { RunningClock } from '../../domain/objections/state.ts';
import type { ObjectionState } from '../../domain/objections/vocabulary.ts';
import type { CountedDay } from '../../domain/calendar/calendar.ts';
import { Hash, StateTag } from '../components/facts.tsx';
import { Chinese } from '../components/names.tsx';
import { formatCount, formatMinute } from '../format.ts';
import { type Frame, inBrackets, link } from '../frame.ts';
import type { ShownCaseFile } from './shown.ts';

/** What an objection is about, in words, with the way there. */
export function ObjectLink({ frame, object }: { readonly frame: Frame; readonly object: string }): VNode {
  const t = frame.t.objections;
  const found = parseObjectKey(object);
  if (!found) return <span class="code">{object}</span>;
  const said = t.objects[found.kind];
  switch (found.kind) {
    case 'list-row':
    case 'list': {
      const { list, edition } = found;
      return (
        <>
          {said} <a href={link(frame, `/boards/${list}/${edition}`)}>{`${list} ${t.edition(String(edition))}`}</a>
          {found.kind === 'list-row' ? (
            <>
              {' · '}
              <a class="code" href={link(frame, `/s/${found.declaration}`)}>
                {found.declaration}
              </a>
            </>
          ) : null}
        </>
      );
    }
    case 'scheme':
      return (
        <>
          {said}{' '}
          <a href={link(frame, `/schemes/${found.scheme}/${found.version}`)}>
            {`${found.scheme} ${t.version(String(found.version))}`}
          </a>
        </>
      );
    case 'draw':
      return (
        <>
          {said} <a href={link(frame, `/draws/${found.draw}`)}>{found.draw}</a>
        </>
      );
    case 'forerunner':
      return (
        <>
          {said}{' '}
          <a href={link(frame, forerunnerPath(found.forerunner, found.edition))}>
            {isRound(found.forerunner) ? found.forerunner : `${found.forerunner} ${t.edition(String(found.edition))}`}
          </a>
          {' · '}
          <a class="code" href={link(frame, `/s/${found.declaration}`)}>
            {found.declaration}
          </a>
        </>
      );
  }
}

/** A candidate is objected to in its round, an entry on its list. */
function forerunnerPath(code: string, edition: number): string {
  return isRound(code) ? `/forerunner-rounds/${code}` : `/forerunners/${code}/${edition}`;
}

function isRound(code: string): boolean {
  return /^LP-\d{4}-\d{6,}$/u.test(code);
}

const LIKE: Readonly<Record<ObjectionState, string>> = {
  submitted: 'planned',
  'not-accepted': 'withdrawn',
  accepted: 'running',
  'answer-overdue': 'running',
  answered: 'running',
  reviewed: 'running',
  decided: 'finished',
  executed: 'finished',
};

export function ObjectionTag({ frame, state }: { readonly frame: Frame; readonly state: ObjectionState }): VNode {
  return <StateTag state={LIKE[state]} text={frame.t.objections.states[state]} />;
}

/** 3 个工作日，截止 2026-12-01; a provisional day says so. */
export function dueWords(frame: Frame, { due, left }: Pick<RunningClock, 'due' | 'left'>): string {
  const t = frame.t.objections;
  const said = left < 0 ? t.late(formatCount(-left), due.day) : t.due(formatCount(left), due.day);
  return inBrackets(frame, said, due.provisional ? t.provisional : '');
}

export function dayWords(frame: Frame, { day, provisional }: CountedDay): string {
  return inBrackets(frame, day, provisional ? frame.t.objections.provisional : '');
}

/** What was said and the evidence; files are led to only where the reader's session opens them. */
export function CaseFile(props: {
  readonly frame: Frame;
  readonly number: string;
  readonly file: ShownCaseFile;
  readonly withLinks: boolean;
}): VNode {
  const { frame, number, file, withLinks } = props;
  const t = frame.t.objectionCase;
  return (
    <>
      {file.texts.map(({ role, content, recommendation, writtenAt }) => (
        <section class="card" aria-labelledby={`text-${role}`}>
          <h2 id={`text-${role}`}>
            {t[role]} <small>{formatMinute(new Date(writtenAt))}</small>
          </h2>
          {recommendation ? (
            <p>{`${t.recommendation}${frame.t.site.colon}${frame.t.objections.decisions[recommendation]}`}</p>
          ) : null}
          <p class="said">
            <Chinese frame={frame}>{content}</Chinese>
          </p>
        </section>
      ))}
      <section class="card" aria-labelledby="evidence-files">
        <h2 id="evidence-files">{t.evidence}</h2>
        {file.evidence.length === 0 ? <p>{t.noEvidence}</p> : null}
        <ul class="plain-list">
          {file.evidence.map(({ n, fileName, bytes, sha256 }) => (
            <li>
              {withLinks ? <a href={`/api/v1/objections/${number}/evidence/${n}`}>{fileName}</a> : fileName}{' '}
              {`${formatCount(Math.ceil(bytes / 1024))} kB`} <Hash value={sha256} />
            </li>
          ))}
        </ul>
        {file.contact ? <p>{`${t.contact}${frame.t.site.colon}${file.contact}`}</p> : null}
      </section>
    </>
  );
}
