import type { VNode } from 'preact';
import type { SchemeStageName } from '../../domain/schemes/life.ts';
import type { SchemeDifference } from '../../domain/schemes/difference.ts';
import { Scroll } from '../components/facts.tsx';
import { OrganisationName } from '../components/names.tsx';
import { formatDate } from '../format.ts';
import { type Frame, words } from '../frame.ts';

export interface ShownStage {
  readonly stage: SchemeStageName;
  readonly effectiveOn: string;
  readonly objectionsUntil: string | null;
  readonly reason: string | null;
  readonly doneAt: Date;
}

/** What was decided about a version, when, and by whom: its persons are named by their organisation. */
export function HistorySection({
  frame,
  stages,
  body,
}: {
  readonly frame: Frame;
  readonly stages: readonly ShownStage[];
  readonly body: string;
}): VNode {
  const t = frame.t.schemes;
  return (
    <section aria-labelledby="history">
      <h2 id="history">{t.history}</h2>
      <Scroll label={t.history}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t.state}</th>
              <th scope="col">{t.on}</th>
              <th scope="col">{t.effectiveOn}</th>
              <th scope="col">{t.by}</th>
              <th scope="col">{t.reason}</th>
            </tr>
          </thead>
          <tbody>
            {stages.map((stage) => (
              <tr>
                <th scope="row">{t.stages[stage.stage]}</th>
                <td>{formatDate(stage.doneAt)}</td>
                <td>{stage.effectiveOn}</td>
                <td>
                  <OrganisationName frame={frame} name={body} />
                </td>
                <td>
                  {[stage.objectionsUntil ? t.objectionsUntil(stage.objectionsUntil) : '', stage.reason ?? '']
                    .filter(Boolean)
                    .join(frame.t.site.semicolon) || frame.t.scheme.none}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

/** What this version changed of the one before, cell by cell. */
export function ChangesSection({
  frame,
  version,
  differences,
}: {
  readonly frame: Frame;
  readonly version: number;
  readonly differences: readonly SchemeDifference[];
}): VNode {
  const t = frame.t.schemes;
  return (
    <section aria-labelledby="changes">
      <h2 id="changes">{t.changes(version)}</h2>
      {differences.length === 0 ? (
        <p>{t.noChanges}</p>
      ) : (
        <Scroll label={t.changes(version)}>
          <table class="differences">
            <thead>
              <tr>
                <th scope="col">{t.changed}</th>
                <th scope="col">{t.before}</th>
                <th scope="col">{t.after}</th>
              </tr>
            </thead>
            <tbody>
              {differences.map(({ of, name, label, before, after }) => (
                <tr>
                  <th scope="row">{[t.places[of], name, words(frame, label)].filter(Boolean).join(' · ')}</th>
                  <td>{before === null ? '' : <del>{before}</del>}</td>
                  <td>{after === null ? '' : <ins>{after}</ins>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  );
}
