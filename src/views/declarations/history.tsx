import type { VNode } from 'preact';
import type { DeclarationEvent } from '../../domain/declarations/content.ts';
import type { Difference } from '../../domain/declarations/difference.ts';
import type { DeclarationDocument } from '../../domain/declarations/document.ts';
import { Hash, Scroll } from '../components/facts.tsx';
import { formatTime } from '../format.ts';
import type { Frame } from '../frame.ts';

export interface ShownVersion {
  readonly revision: number;
  readonly event: DeclarationEvent;
  readonly at: Date;
  readonly documentSha256: string;
  readonly document: DeclarationDocument;
  readonly differences: readonly Difference[];
}

/** Every version with what changed in it, newest first: old and new stand side by side. */
export function History({
  frame,
  id,
  versions,
}: {
  readonly frame: Frame;
  readonly id: string;
  readonly versions: readonly ShownVersion[];
}): VNode {
  const t = frame.t.history;
  return (
    <ol class="history">
      {versions.toReversed().map(({ revision, event, at, documentSha256, document, differences }) => (
        <li id={`v${revision}`}>
          <h3>
            {t.version(String(revision))} · {t.events[event]}
          </h3>
          <p>
            <time dateTime={at.toISOString()}>{frame.t.declaration.beijing(formatTime(at))}</time>
            {document.act ? ` · ${document.act.reason}` : ''}
            {document.act?.on ? ` · ${t.from(document.act.on)}` : ''}
          </p>
          {document.act?.order ? (
            <p>{t.order(document.act.order.authority, document.act.order.number, document.act.order.article)}</p>
          ) : null}
          {differences.length > 0 ? <Differences frame={frame} differences={differences} /> : null}
          <p class="hint">
            <a href={`/api/v1/declarations/${id}/versions/${revision}`}>JSON</a> <Hash value={documentSha256} />
          </p>
        </li>
      ))}
    </ol>
  );
}

function Differences({
  frame,
  differences,
}: {
  readonly frame: Frame;
  readonly differences: readonly Difference[];
}): VNode {
  const t = frame.t.history;
  return (
    <Scroll label={t.changes}>
      <table class="differences">
        <thead>
          <tr>
            <th scope="col">{t.place}</th>
            <th scope="col">{t.before}</th>
            <th scope="col">{t.after}</th>
          </tr>
        </thead>
        <tbody>
          {differences.map(({ at, before, after }) => (
            <tr>
              <th scope="row">{shownPlace(frame, at)}</th>
              <td>{before === null ? t.nothing : <del>{before}</del>}</td>
              <td>{after === null ? t.nothing : <ins>{after}</ins>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** `indicators/噪声/value` → 指标 · 噪声 · 数值: known words are translated, names stay as they were declared. */
function shownPlace(frame: Frame, at: string): string {
  const places: Readonly<Record<string, string>> = frame.t.history.places;
  return at
    .split('/')
    .map((step) => places[step] ?? step)
    .join(' · ');
}
