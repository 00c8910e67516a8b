import type { VNode } from 'preact';
import { SCHEME_STATE_TEXT } from '../../domain/schemes/life.ts';
import type { GradedTable } from '../../domain/schemes/graded-tables.ts';
import { StateTag } from '../components/facts.tsx';
import type { SummaryLine } from '../components/error-summary.tsx';
import { Field, SelectField, TextField } from '../components/field.tsx';
import { type AtDesk, DeskLayout } from '../desk/desk-layout.tsx';
import { formatMinute } from '../format.ts';
import { type Frame, link, words } from '../frame.ts';
import type { ShownScheme } from './schemes-page.tsx';

interface Props {
  readonly frame: Frame;
  readonly at: AtDesk;
  readonly drafts: readonly {
    readonly id: string;
    readonly revision: number;
    readonly savedAt: Date;
    readonly title: string;
  }[];
  readonly schemes: readonly ShownScheme[];
  readonly tables: readonly GradedTable[];
  readonly messages: readonly SummaryLine[];
  readonly notice: string | null;
}

/** Where a body makes its schemes: drafts, ways to begin one, and what may be done with each proposed version. */
export function DeskSchemesPage(props: Props): VNode {
  const { frame } = props;
  const t = frame.t.schemeDesk;
  return (
    <DeskLayout {...props} title={t.title} current="/desk/schemes">
      <p>{t.lead}</p>
      <p class="hint">{frame.t.schemes.noFee}</p>
      <Drafts {...props} />
      <Begin {...props} />
      <Import {...props} />
      <section class="card" aria-labelledby="own">
        <h2 id="own">{t.own}</h2>
        {props.schemes.length === 0 ? (
          <p>{t.noOwn}</p>
        ) : (
          <ul class="object-list">
            {props.schemes.map((scheme) => (
              <Own frame={frame} scheme={scheme} messages={props.messages} />
            ))}
          </ul>
        )}
      </section>
    </DeskLayout>
  );
}

function Drafts({ frame, drafts }: Props): VNode {
  const t = frame.t.schemeDesk;
  return (
    <section class="card" aria-labelledby="drafts">
      <h2 id="drafts">{t.drafts}</h2>
      {drafts.length === 0 ? (
        <p>{t.noDrafts}</p>
      ) : (
        <ul class="object-list">
          {drafts.map((draft) => (
            <li>
              <a href={link(frame, `/desk/schemes/drafts/${draft.id}`)}>{draft.title || t.untitled}</a>
              <p class="under">
                {`${frame.t.desk.revision(draft.revision)} · ${frame.t.desk.savedAt} ${formatMinute(draft.savedAt)}`}
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Begin({ frame, tables, messages }: Props): VNode {
  const t = frame.t.schemeDesk;
  return (
    <section class="card" aria-labelledby="begin">
      <h2 id="begin">{t.begin}</h2>
      <form class="stacked" method="post" action={link(frame, '/desk/schemes')}>
        <button class="primary" name="action" value="blank">
          {t.blank}
        </button>
        <SelectField
          name="template"
          label={t.template}
          value=""
          messages={messages}
          options={tables
            .filter(({ supersededBy }) => supersededBy === null)
            .map(({ id, scheme }) => [id, words(frame, scheme.title)] as const)}
        />
        <button name="action" value="template">
          {t.fromTemplate}
        </button>
      </form>
      <p>
        <a href={link(frame, '/schemes/templates')}>{frame.t.schemes.templates}</a>
      </p>
    </section>
  );
}

function Import({ frame, messages }: Props): VNode {
  const t = frame.t.schemeDesk;
  return (
    <section class="card" aria-labelledby="import">
      <h2 id="import">{t.fromFile}</h2>
      <p>
        <a href="/api/v1/schemes/template.xlsx">{t.emptyWorkbook}</a>
      </p>
      <form class="stacked" method="post" encType="multipart/form-data" action={link(frame, '/desk/schemes/import')}>
        <Field
          name="file"
          label={t.file}
          value=""
          messages={messages}
          control={(described) => <input {...described} type="file" accept=".xlsx,.json,application/json" />}
        />
        <button>{t.send}</button>
      </form>
    </section>
  );
}

function Own({
  frame,
  scheme,
  messages,
}: {
  readonly frame: Frame;
  readonly scheme: ShownScheme;
  readonly messages: readonly SummaryLine[];
}): VNode {
  const t = frame.t.schemeDesk;
  const { code, version, state } = scheme;
  const isOpen = state === 'objection' || state === 'objections-over';
  const ends = state === 'in-force' || state === 'upcoming' || state === 'expired';
  const reason = `reason-${code}-${version}`;
  return (
    <li>
      <a href={link(frame, `/schemes/${code}/${version}`)}>{words(frame, scheme.title)}</a>{' '}
      <small class="code">{`${code} · ${frame.t.scheme.version(version)}`}</small>{' '}
      <StateTag state={state} text={words(frame, SCHEME_STATE_TEXT[state])} />
      <form class="stacked" method="post" action={link(frame, `/desk/schemes/${code}/${version}`)}>
        {isOpen || ends ? (
          <TextField name={reason} label={t.reason} value="" maxLength={500} messages={messages} />
        ) : null}
        <p class="actions">
          {state === 'objections-over' ? (
            <button class="primary" name="action" value="bring-into-force">
              {t.bringIntoForce}
            </button>
          ) : null}{' '}
          {isOpen ? (
            <button name="action" value="return">
              {t.takeBack}
            </button>
          ) : null}{' '}
          {ends ? (
            <button name="action" value="retire">
              {t.retire}
            </button>
          ) : null}{' '}
          <button class="plain" name="action" value="next">
            {t.next}
          </button>
        </p>
      </form>
    </li>
  );
}
