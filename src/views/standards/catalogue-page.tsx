import type { VNode } from 'preact';
import type { SummaryLine } from '../components/error-summary.tsx';
import { Scroll } from '../components/facts.tsx';
import { Field, SelectField, TextField } from '../components/field.tsx';
import { type AtDesk, DeskLayout } from '../desk/desk-layout.tsx';
import { formatCount, formatMinute } from '../format.ts';
import { type Frame, link } from '../frame.ts';

interface Props {
  readonly frame: Frame;
  readonly at: AtDesk;
  readonly snapshots: readonly {
    readonly snapshot: number;
    readonly kind: 'standards' | 'limits';
    readonly extent: 'whole' | 'part';
    readonly source: string;
    readonly entries: number;
    readonly added: number;
    readonly changed: number;
    readonly removed: number;
    readonly importedAt: Date;
  }[];
  readonly typed: Readonly<Record<string, string>>;
  readonly messages: readonly SummaryLine[];
  readonly notice: string | null;
}

/** The coordinating body's page of the catalogue and its limits: the next snapshot, and what each one changed. */
export function CataloguePage(props: Props): VNode {
  const { frame, snapshots } = props;
  const t = frame.t.snapshots;
  return (
    <DeskLayout {...props} title={t.title} current="/desk/catalogue">
      <p>{t.lead}</p>
      <Upload {...props} />
      {snapshots.length === 0 ? (
        <p>{t.none}</p>
      ) : (
        <Scroll label={t.snapshots}>
          <table>
            <caption class="visually-hidden">{t.snapshots}</caption>
            <thead>
              <tr>
                <th scope="col">{t.snapshot}</th>
                <th scope="col">{t.kind}</th>
                <th scope="col">{t.source}</th>
                <th scope="col">{t.importedAt}</th>
                <th scope="col" class="number">
                  {t.entries}
                </th>
                <th scope="col">{t.changes}</th>
              </tr>
            </thead>
            <tbody>
              {snapshots.map((one) => (
                <tr>
                  <th scope="row">{one.snapshot}</th>
                  <td>
                    {t.kinds[one.kind]} · {t.extents[one.extent]}
                  </td>
                  <td>{one.source}</td>
                  <td>{formatMinute(one.importedAt)}</td>
                  <td class="number">{formatCount(one.entries)}</td>
                  <td>
                    <a href={`/api/v1/catalogue-snapshots/${one.snapshot}`}>
                      {t.changed(formatCount(one.added), formatCount(one.changed), formatCount(one.removed))}
                    </a>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </DeskLayout>
  );
}

function Upload({ frame, typed, messages }: Props): VNode {
  const t = frame.t.snapshots;
  return (
    <section class="card" aria-labelledby="upload">
      <h2 id="upload">{t.upload}</h2>
      <form class="stacked" method="post" action={link(frame, '/desk/catalogue')} enctype="multipart/form-data">
        <SelectField
          name="kind"
          label={t.kind}
          value={typed['kind'] ?? 'standards'}
          messages={messages}
          options={(['standards', 'limits'] as const).map((kind) => [kind, t.kinds[kind]])}
        />
        <SelectField
          name="extent"
          label={t.extent}
          value={typed['extent'] ?? 'part'}
          messages={messages}
          options={(['part', 'whole'] as const).map((extent) => [extent, t.extents[extent]])}
        />
        <TextField
          name="source"
          label={t.source}
          hint={t.sourceHint}
          value={typed['source'] ?? ''}
          maxLength={300}
          messages={messages}
        />
        <Field
          name="file"
          label={t.file}
          hint={t.fileHint}
          value=""
          messages={messages}
          control={(described) => <input {...described} type="file" accept=".csv,.json,.jsonl,.ndjson" />}
        />
        <button class="primary">{t.button}</button>
      </form>
    </section>
  );
}
