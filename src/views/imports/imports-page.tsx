import type { VNode } from 'preact';
import { COMMITMENTS, SIGNER_CAPACITIES } from '../../domain/declarations/commitment.ts';
import { ErrorSummary } from '../components/error-summary.tsx';
import { Scroll, StateTag } from '../components/facts.tsx';
import { SelectField, TextField } from '../components/field.tsx';
import { formatCount, formatMinute } from '../format.ts';
import { type Frame, link, words } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';
import type { ShownImport } from './import-props.ts';

interface Props {
  readonly frame: Frame;
  readonly categories: readonly { readonly code: string; readonly nameZh: string; readonly nameEn: string | null }[];
  readonly imports: readonly ShownImport[];
  /** What was typed beside a file that was not taken, and why it was not. */
  readonly typed: Readonly<Record<string, string>>;
  readonly messages: readonly { readonly field: string; readonly message: string }[];
}

/** Template, file, and what became of earlier files. */
export function ImportsPage(props: Props): VNode {
  const { frame, messages } = props;
  const t = frame.t.imports;
  return (
    <Layout frame={frame} title={t.title} section="desk" hasErrors={messages.length > 0}>
      <h1>{t.title}</h1>
      <p class="lead">{t.lead}</p>
      <ErrorSummary title={t.notSent} lines={messages} />
      <TemplateForm {...props} />
      <SendForm {...props} />
      <section class="card" aria-labelledby="own">
        <h2 id="own">{t.list}</h2>
        {props.imports.length === 0 ? <p>{t.none}</p> : <OwnImports {...props} />}
      </section>
    </Layout>
  );
}

function options({ frame, categories }: Props): readonly (readonly [string, string])[] {
  return categories.map(({ code, nameZh, nameEn }) => [
    code,
    `${code} ${frame.lang === 'en' ? (nameEn ?? nameZh) : nameZh}`,
  ]);
}

function TemplateForm(props: Props): VNode {
  const { frame } = props;
  const t = frame.t.imports;
  return (
    <section class="card" aria-labelledby="template">
      <h2 id="template">{t.template}</h2>
      <form method="get" action={link(frame, '/desk/imports/template')}>
        <SelectField
          name="of"
          label={t.category}
          hint={t.templateHint}
          value={props.categories[0]?.code ?? ''}
          messages={[]}
          options={options(props)}
        />
        <p>
          <button name="as" value="xlsx">
            {t.asXlsx}
          </button>{' '}
          <button name="as" value="csv">
            {t.asCsv}
          </button>
        </p>
      </form>
    </section>
  );
}

function SendForm(props: Props): VNode {
  const { frame, typed, messages } = props;
  const t = frame.t.imports;
  const commitment = COMMITMENTS.at(-1);
  const own = messages.filter(({ field }) => field === 'file');
  return (
    <section class="card" aria-labelledby="send">
      <h2 id="send">{t.send}</h2>
      <form method="post" action={link(frame, '/desk/imports')} enctype="multipart/form-data" data-busy={t.busy}>
        <fieldset>
          <legend>{t.forAll}</legend>
          <SelectField
            name="category"
            label={t.category}
            value={typed['category'] ?? ''}
            messages={messages}
            options={options(props)}
            choose={t.choose}
          />
          <TextField name="signer" label={t.signer} value={typed['signer'] ?? ''} messages={messages} maxLength={100} />
          <SelectField
            name="capacity"
            label={t.capacity}
            value={typed['capacity'] ?? ''}
            messages={messages}
            options={SIGNER_CAPACITIES.map((capacity) => [capacity, t.capacities[capacity]])}
            choose={t.choose}
          />
          {commitment ? <p class="hint">{`${t.commitment}“${words(frame, commitment.text)}”`}</p> : null}
        </fieldset>
        <div class={own.length > 0 ? 'field invalid' : 'field'}>
          <label for="file">{t.file}</label>
          <p id="file-hint" class="hint">
            {t.fileHint}
          </p>
          {own.length > 0 ? (
            <p id="file-error" class="field-error">
              {own.map(({ message }) => message).join(' ')}
            </p>
          ) : null}
          <input
            type="file"
            id="file"
            name="file"
            required
            accept=".xlsx,.csv,.jsonl,.ndjson"
            aria-describedby={own.length > 0 ? 'file-hint file-error' : 'file-hint'}
            aria-invalid={own.length > 0 ? 'true' : undefined}
          />
        </div>
        <p>
          <button class="primary">{t.upload}</button>
        </p>
      </form>
    </section>
  );
}

function OwnImports({ frame, imports }: Props): VNode {
  const t = frame.t.imports;
  return (
    <Scroll label={t.list}>
      <table>
        <caption class="visually-hidden">{t.list}</caption>
        <thead>
          <tr>
            <th scope="col">{t.file}</th>
            <th scope="col">{t.sentAt}</th>
            <th scope="col">{t.state}</th>
            <th scope="col">{t.result}</th>
          </tr>
        </thead>
        <tbody>
          {imports.map((one) => (
            <tr>
              <th scope="row">
                <a href={link(frame, `/desk/imports/${one.id}`)}>{one.fileName}</a>
              </th>
              <td>{formatMinute(one.sentAt)}</td>
              <td>
                <StateTag state={one.state} text={t.states[one.state]} />
              </td>
              <td>{countsOf(frame, one)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

export function countsOf({ t }: Frame, { good, warned, bad, already }: ShownImport): string {
  return t.imports.counts(formatCount(good), formatCount(warned), formatCount(bad), formatCount(already));
}
