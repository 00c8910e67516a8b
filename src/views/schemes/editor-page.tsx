import type { VNode } from 'preact';
import type { Loose } from '../../domain/schemes/cells.ts';
import { FACT_COLUMNS, INDICATOR_COLUMNS, LEVEL_COLUMNS, REQUIREMENT_COLUMNS } from '../../domain/schemes/columns.ts';
import { listOf } from '../../domain/schemes/draft.ts';
import type { SchemePreview } from '../../domain/schemes/preview.ts';
import { ErrorSummary, type SummaryLine } from '../components/error-summary.tsx';
import { type AtDesk, DeskMenu } from '../desk/desk-layout.tsx';
import { type Frame, link } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';
import { ColumnFields } from './editor-fields.tsx';
import { PreviewFigures } from './preview-section.tsx';

export interface EditorProps {
  readonly frame: Frame;
  readonly at: AtDesk;
  readonly id: string;
  readonly revision: number;
  readonly content: Loose;
  readonly messages: readonly SummaryLine[];
  readonly notice: string | null;
  /** The draft moved on while this was typed. */
  readonly isStale: boolean;
  /** The row that was added last. */
  readonly opened: string | null;
  readonly preview: (SchemePreview & { readonly bounded: boolean }) | null;
  readonly idempotencyKey: string;
}

/** A draft scheme as one form, which needs no script; beside it how present declarations lie against what is typed. */
export function EditorPage(props: EditorProps): VNode {
  const { frame, at, id, messages, notice, isStale } = props;
  const t = frame.t.schemeEditor;
  const address = link(frame, `/desk/schemes/drafts/${id}`);
  return (
    <Layout frame={frame} title={t.title} section="desk" hasErrors={messages.length > 0} islands={['scheme-preview']}>
      <div class="desk">
        <DeskMenu frame={frame} at={at} current="/desk/schemes" />
        <div class="desk-main">
          <h1>{t.title}</h1>
          <ErrorSummary title={frame.t.form.toCorrect(messages.length)} lines={messages} />
          {isStale ? (
            <p class="notice" role="alert">
              {t.stale} <a href={address}>{t.theirs}</a>
            </p>
          ) : null}
          {notice ? (
            <p class="notice" role="status">
              {notice}
            </p>
          ) : null}
          <p class="hint">{t.notation}</p>
          <div class="scheme-editor">
            <form class="declaration-form" method="post" action={address} data-preview={`${address}/preview`}>
              <input type="hidden" name="revision" value={props.revision} />
              <input type="hidden" name="key" value={props.idempotencyKey} />
              {/* Enter saves: the first button of a form is the one that it presses. */}
              <p class="actions">
                <button class="primary" name="action" value="save">
                  {t.save}
                </button>
              </p>
              <Facts {...props} />
              <Requirements {...props} />
              <Indicators {...props} />
              <Actions {...props} />
            </form>
            <PreviewSection frame={frame} preview={props.preview} />
          </div>
          <p>
            <a href={`/api/v1/schemes/drafts/${id}/workbook`}>{frame.t.schemes.workbook}</a>
          </p>
        </div>
      </div>
    </Layout>
  );
}

function Facts({ frame, content, messages }: EditorProps): VNode {
  return (
    <section class="card" aria-labelledby="facts">
      <h2 id="facts">{frame.t.schemeEditor.facts}</h2>
      <ColumnFields frame={frame} at="" columns={FACT_COLUMNS} object={content} messages={messages} />
    </section>
  );
}

function Requirements({ frame, content, messages }: EditorProps): VNode {
  const t = frame.t.schemeEditor;
  return (
    <section class="card" aria-labelledby="requirements">
      <h2 id="requirements">{t.requirements}</h2>
      {listOf(content, 'requirements').map((one, i) => (
        <fieldset>
          <legend>{t.requirement(String(i + 1))}</legend>
          <ColumnFields
            frame={frame}
            at={`/requirements/${i}`}
            columns={REQUIREMENT_COLUMNS}
            object={one}
            messages={messages}
          />
          <Remove frame={frame} row={`/requirements/${i}`} named={t.requirement(String(i + 1))} />
        </fieldset>
      ))}
      <button name="action" value="add /requirements">
        {t.addRequirement}
      </button>
    </section>
  );
}

function Indicators(props: EditorProps): VNode {
  const { frame, content, messages, opened } = props;
  const t = frame.t.schemeEditor;
  return (
    <section aria-labelledby="indicators">
      <h2 id="indicators">{t.indicators}</h2>
      {listOf(content, 'indicators').map((indicator, i) => {
        const at = `/indicators/${i}`;
        const isOpen = opened?.startsWith(at) || i === 0 || messages.some(({ field }) => field.startsWith(`${at}/`));
        const name = (indicator['name'] as { readonly zh?: unknown } | undefined)?.zh;
        return (
          <details class="card" open={isOpen} id={`indicator-${i}`}>
            <summary>{`${t.indicator(String(i + 1))} ${typeof name === 'string' ? name : ''}`}</summary>
            <ColumnFields frame={frame} at={at} columns={INDICATOR_COLUMNS} object={indicator} messages={messages} />
            {listOf(indicator, 'levels').map((levels, j) => (
              <fieldset>
                <legend>{t.levels(String(j + 1))}</legend>
                <ColumnFields
                  frame={frame}
                  at={`${at}/levels/${j}`}
                  columns={LEVEL_COLUMNS}
                  object={levels}
                  messages={messages}
                />
                <Remove
                  frame={frame}
                  row={`${at}/levels/${j}`}
                  named={`${t.indicator(String(i + 1))} ${t.levels(String(j + 1))}`}
                />
              </fieldset>
            ))}
            <button
              name="action"
              value={`add ${at}/levels`}
              aria-label={`${t.indicator(String(i + 1))} ${t.addLevels}`}
            >
              {t.addLevels}
            </button>
            <Remove frame={frame} row={at} named={t.indicator(String(i + 1))} />
          </details>
        );
      })}
      <button name="action" value="add /indicators">
        {t.addIndicator}
      </button>
    </section>
  );
}

function Remove({ frame, row, named }: { readonly frame: Frame; readonly row: string; readonly named: string }): VNode {
  const t = frame.t.schemeEditor;
  return (
    <button class="plain" name="action" value={`remove ${row}`} aria-label={`${t.remove} ${named}`}>
      {t.remove}
    </button>
  );
}

function Actions({ frame }: EditorProps): VNode {
  const t = frame.t.schemeEditor;
  return (
    <>
      <p class="hint">{frame.t.schemeDesk.proposeHint}</p>
      <p class="actions">
        <button class="primary" name="action" value="save">
          {t.save}
        </button>{' '}
        <button name="action" value="check">
          {t.check}
        </button>{' '}
        <button name="action" value="propose">
          {frame.t.schemeDesk.propose}
        </button>{' '}
        <button class="plain" name="action" value="discard">
          {t.discard}
        </button>
      </p>
    </>
  );
}

/** The part of the page that is drawn anew while somebody types. */
export function PreviewSection({ frame, preview }: Pick<EditorProps, 'frame' | 'preview'>): VNode {
  const t = frame.t.schemeEditor;
  return (
    <section class="card board" id="preview" aria-labelledby="preview-title" aria-live="polite">
      <h2 id="preview-title">{t.preview}</h2>
      {preview === null ? (
        <p>{t.previewNone}</p>
      ) : (
        <>
          {preview.whole ? null : <p class="hint">{t.partial}</p>}
          <PreviewFigures frame={frame} preview={preview} />
        </>
      )}
    </section>
  );
}
