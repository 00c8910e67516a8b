import type { VNode } from 'preact';
import type { StandardStatus } from '../../domain/standards/in-force.ts';
import { ErrorSummary, type SummaryLine } from '../components/error-summary.tsx';
import { TextField } from '../components/field.tsx';
import { type Frame, inBrackets, link } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';

export interface EntryProps {
  readonly frame: Frame;
  readonly kind: 'own' | 'common' | '';
  /** What was searched for in the catalogue; null before a search. */
  readonly typed: string | null;
  /** Whether that is the number of a standard, which may be declared although the catalogue lacks it. */
  readonly isNumber: boolean;
  readonly found: readonly {
    readonly number: string;
    readonly name: string;
    readonly status: StandardStatus;
  }[];
  readonly messages: readonly SummaryLine[];
  readonly idempotencyKey: string;
}

/** Asks one thing: which kind of standard. One of the catalogue is looked up here, without any program. */
export function EntryPage(props: EntryProps): VNode {
  const { frame, messages, kind, idempotencyKey } = props;
  const t = frame.t.entry;
  const own = messages.filter(({ field }) => field === 'own');
  const choice = (value: 'own' | 'common', label: string, hint: string): VNode => (
    <p class="choice">
      <input
        type="radio"
        id={value}
        name="kind"
        value={value}
        checked={kind === value}
        aria-describedby={`${value}-hint`}
      />
      <label for={value}>{label}</label>
      <span id={`${value}-hint`} class="hint">
        {hint}
      </span>
    </p>
  );
  return (
    <Layout frame={frame} title={t.title} section="desk" hasErrors={messages.length > 0}>
      <h1>{t.title}</h1>
      <ErrorSummary title={frame.t.form.toCorrect(messages.length)} lines={messages} />
      <form method="post" action={link(frame, '/desk/decl/new')} data-busy={frame.t.form.busy}>
        <input type="hidden" name="key" value={idempotencyKey} />
        <fieldset>
          <legend>{t.lead}</legend>
          {own.map(({ message }) => (
            <p id="own-error" class="field-error">
              {message}
            </p>
          ))}
          {choice('own', t.own, t.ownHint)}
          {choice('common', t.common, t.commonHint)}
          <Catalogue {...props} />
        </fieldset>
        <p class="actions">
          <button class="primary">{t.start}</button>
          <a href={link(frame, '/desk/imports')}>{t.import}</a>
        </p>
      </form>
    </Layout>
  );
}

function Catalogue({ frame, typed, isNumber, found, messages }: EntryProps): VNode {
  const t = frame.t.entry;
  const own = messages.filter(({ field }) => field === 'standards');
  const status = frame.t.catalogue.statuses;
  return (
    <div class="catalogue-choice">
      <div class="search-row">
        <TextField
          name="q"
          label={t.search}
          hint={t.searchHint}
          value={typed ?? ''}
          maxLength={100}
          messages={messages}
        />
        <button formMethod="get">{t.find}</button>
      </div>
      {typed === null ? null : (
        <fieldset id="standards" tabIndex={-1}>
          <legend>{t.found}</legend>
          {own.map(({ message }) => (
            <p class="field-error">{message}</p>
          ))}
          {found.map(({ number, name, status: of }, i) => (
            <p class="choice">
              <input type="radio" id={`standard-${i}`} name="standard" value={number} />
              <label for={`standard-${i}`}>
                <span class="code">{number}</span> <span lang="zh-CN">{inBrackets(frame, name, status[of])}</span>
              </label>
            </p>
          ))}
          {found.length === 0 ? <p role="status">{isNumber ? t.none(typed) : t.noWords(typed)}</p> : null}
          {isNumber ? (
            <p class="choice">
              <input type="radio" id="standard-typed" name="standard" value="" checked={found.length === 0} />
              <label for="standard-typed">{t.useTyped(typed)}</label>
            </p>
          ) : null}
        </fieldset>
      )}
    </div>
  );
}
