import type { VNode } from 'preact';
import { ErrorSummary } from '../components/error-summary.tsx';
import { Facts, Hash, StateTag } from '../components/facts.tsx';
import { Pager } from '../components/pager.tsx';
import { formatCount, formatTime } from '../format.ts';
import { type Frame, link } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';
import { DecisionForms } from './decision-forms.tsx';
import { FaultTable, GroupTable, RefusalTable } from './fault-tables.tsx';
import type { ShownFault, ShownGroup, ShownImport } from './import-props.ts';
import { countsOf } from './imports-page.tsx';

interface Props {
  readonly frame: Frame;
  readonly given: ShownImport;
  readonly groups: readonly ShownGroup[];
  readonly faults: readonly ShownFault[];
  readonly next: string | null;
  readonly waiting: { readonly asIs: number; readonly waived: number };
  /** Whether the reader may choose; a drafter sees the result only. */
  readonly mayDecide: boolean;
  readonly idempotencyKey: string;
  readonly typed: Readonly<Record<string, string>>;
  readonly messages: readonly { readonly field: string; readonly message: string }[];
}

/** One import: how far it is while it moves, then what was found cell by cell, and the choice. */
export function ImportPage(props: Props): VNode {
  const { frame, given, messages } = props;
  const t = frame.t.imports;
  const isMoving = given.state === 'checking' || given.state === 'importing';
  return (
    <Layout
      frame={frame}
      title={`${t.title} ${given.fileName}`}
      section="desk"
      hasErrors={messages.length > 0}
      {...(isMoving ? { refresh: 5 } : {})}
    >
      <p class="kicker">
        <a href={link(frame, '/desk/imports')}>{t.back}</a>
      </p>
      <h1>{given.fileName}</h1>
      <p class="lead">
        <StateTag state={given.state} text={t.states[given.state]} /> {countsOf(frame, given)}
      </p>
      <ErrorSummary title={frame.t.form.toCorrect(messages.length)} lines={messages} />
      {isMoving ? <Progress {...props} /> : <Outcome {...props} />}
      <Facts
        facts={[
          [t.sentAt, formatTime(given.sentAt)],
          [t.fileFacts, `${given.fileName}, ${formatCount(given.bytes)} B`],
          ...(given.sha256 ? [[t.hash, <Hash value={given.sha256} />] as const] : []),
        ]}
      />
    </Layout>
  );
}

function Progress({ frame, given, idempotencyKey }: Props): VNode {
  const t = frame.t.imports;
  const isChecking = given.state === 'checking';
  const [done, total] = isChecking ? [given.checkedThrough, given.lines] : [given.imported, given.toImport];
  const said = isChecking ? t.checkedRows : t.importedRows;
  return (
    <>
      <p>{total > 0 ? said(formatCount(done), formatCount(total)) : formatCount(done)}</p>
      <progress
        aria-label={t.states[given.state]}
        {...(total > 0 ? { value: Math.min(done, total), max: total } : {})}
      />
      <p class="hint">{t.refresh}</p>
      <form method="post" action={link(frame, `/desk/imports/${given.id}`)}>
        <input type="hidden" name="key" value={idempotencyKey} />
        <button name="action" value="cancel">
          {t.cancel}
        </button>
      </form>
    </>
  );
}

function Outcome(props: Props): VNode {
  const { frame, given, groups, faults, next } = props;
  const t = frame.t.imports;
  return (
    <>
      {given.state === 'refused' ? <p>{t.refused}</p> : null}
      {given.state === 'failed' ? <p>{t.failed}</p> : null}
      {given.state === 'cancelled' ? <p>{t.cancelled}</p> : null}
      {given.imported > 0 ? (
        <p>
          {t.declared(formatCount(given.imported))}{' '}
          <a href={`/api/v1/imports/${given.id}/receipts.csv`}>{t.receipts}</a>
        </p>
      ) : null}
      {given.late > 0 ? <p>{t.late(formatCount(given.late))}</p> : null}
      {given.refusal ? <RefusalTable frame={frame} faults={given.refusal} /> : null}
      {groups.length === 0 && !given.refusal ? <p>{t.nothing}</p> : null}
      {groups.length > 0 ? (
        <>
          <h2>{t.groups}</h2>
          <GroupTable frame={frame} groups={groups} />
          <h2>{t.cells}</h2>
          <FaultTable frame={frame} faults={faults} />
          <Pager frame={frame} previous={null} next={next} label={t.pages} />
          <p>
            <a href={`/api/v1/imports/${given.id}/report.csv`}>{t.report}</a>
          </p>
        </>
      ) : null}
      {given.format === 'xlsx' && given.state !== 'cancelled' && (groups.length > 0 || given.refusal) ? (
        <p>
          <a href={`/api/v1/imports/${given.id}/workbook`}>{t.workbook}</a>
        </p>
      ) : null}
      <p>
        <a href={link(frame, '/desk/imports')}>{t.another}</a>
      </p>
      {given.state === 'checked' || given.state === 'imported' ? <DecisionForms {...props} /> : null}
    </>
  );
}
