import type { VNode } from 'preact';
import {
  FINDING_KINDS,
  FINDING_SEVERITY_TEXT,
  type FindingCode,
  type Verdict,
  VERDICT_TEXT,
} from '../../domain/spot-checks/vocabulary.ts';
import { formatDate } from '../format.ts';
import { type Frame, inBrackets, link, words } from '../frame.ts';
import { Chinese } from './names.tsx';

/** A published finding on a declaration. */
export interface ShownFinding {
  readonly object: string;
  readonly verdict: Verdict;
  readonly codes: readonly string[];
  readonly note: string;
  readonly publishedAt: Date | null;
  readonly drawId: string;
  readonly drawTitle: string;
}

export function FindingList({
  frame,
  findings,
  empty,
}: {
  readonly frame: Frame;
  readonly findings: readonly ShownFinding[];
  readonly empty: string;
}): VNode {
  if (findings.length === 0) return <p>{empty}</p>;
  return (
    <ul class="findings">
      {findings.map((finding) => (
        <li>
          <p>
            <VerdictTag frame={frame} verdict={finding.verdict} />{' '}
            {finding.publishedAt ? <time>{formatDate(finding.publishedAt)}</time> : null}{' '}
            <a href={link(frame, `/draws/${finding.drawId}`)}>
              <Chinese frame={frame}>{finding.drawTitle}</Chinese>
            </a>{' '}
            <a class="code" href={link(frame, `/s/${finding.object}`)}>
              {finding.object}
            </a>
          </p>
          <FindingCodes frame={frame} codes={finding.codes} />
          {finding.note ? (
            <p>
              <Chinese frame={frame}>{finding.note}</Chinese>
            </p>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

export function VerdictTag({ frame, verdict }: { readonly frame: Frame; readonly verdict: Verdict }): VNode {
  return <strong class={`tag tag-${verdict}`}>{words(frame, VERDICT_TEXT[verdict])}</strong>;
}

/** The codes of a finding in words, with how grave each is. */
export function FindingCodes({
  frame,
  codes,
}: {
  readonly frame: Frame;
  readonly codes: readonly string[];
}): VNode | null {
  if (codes.length === 0) return null;
  return (
    <ul class="plain-list">
      {codes.map((code) => {
        const kind = FINDING_KINDS[code as FindingCode];
        const severity = kind?.severity ? words(frame, FINDING_SEVERITY_TEXT[kind.severity]) : '';
        return <li>{kind ? inBrackets(frame, words(frame, kind.text), severity) : code}</li>;
      })}
    </ul>
  );
}
