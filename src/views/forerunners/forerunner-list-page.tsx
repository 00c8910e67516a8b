import type { VNode } from 'preact';
import type { Text } from '../../domain/fault.ts';
import type { ForerunnerEntry, ForerunnerHead, LeftOutCandidate, RemovedEntry } from '../../domain/forerunners/list.ts';
import type { EntryMark } from '../../domain/forerunners/marks.ts';
import { Facts, Hash, StateTag } from '../components/facts.tsx';
import { Chinese, OrganisationName } from '../components/names.tsx';
import { formatCount, formatDate } from '../format.ts';
import { type Frame, inBrackets, link, withQuery, words } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';
import { DisputeFlag } from '../objections/dispute-flag.tsx';
import { ForerunnerName, LeftOut, Rows } from './parts.tsx';

interface ShownEntry extends ForerunnerEntry {
  readonly marks: readonly EntryMark[];
  readonly disputes: readonly string[];
}

interface Props {
  readonly frame: Frame;
  readonly list: string;
  readonly edition: number;
  readonly newest: number;
  readonly today: string;
  readonly title: Text;
  readonly body: string;
  readonly publisher: string;
  readonly sha256: string;
  readonly publishedAt: string;
  readonly head: ForerunnerHead;
  readonly entries: readonly ShownEntry[];
  readonly removed: readonly RemovedEntry[];
  readonly leftOut: readonly LeftOutCandidate[];
  readonly editions: readonly {
    readonly edition: number;
    readonly kind: 'round' | 'removal';
    readonly publishedAt: string;
  }[];
}

/** One edition: enterprise, standard, product and models together; what was taken off; who was not listed and why. */
export function ForerunnerListPage(props: Props): VNode {
  const { frame, list, edition, newest, entries } = props;
  const t = frame.t.forerunners;
  const title = `${words(frame, props.title)} ${t.suffix} · ${t.edition(String(edition))}`;
  return (
    <Layout frame={frame} title={title} section="boards">
      <article class="board">
        <p class="kicker">
          <a href={link(frame, '/forerunners')}>{t.title}</a>
        </p>
        <h1>
          {`${words(frame, props.title)} ${t.suffix}`} <small>{t.edition(String(edition))}</small>
        </h1>
        {newest > edition ? (
          <p class="notice">
            <a href={link(frame, `/forerunners/${list}/${newest}`)}>{t.newer(String(newest))}</a>
          </p>
        ) : null}
        <ListFacts {...props} />
        <section aria-labelledby="entries">
          <h2 id="entries">{t.entries}</h2>
          <p class="hint">{t.neutral}</p>
          {entries.length === 0 ? <p class="empty">{t.empty}</p> : <Entries {...props} />}
        </section>
        <Removed {...props} />
        <LeftOut frame={frame} rows={props.leftOut} />
        <section aria-labelledby="sources" class="closing">
          <h2 id="sources">{t.hash}</h2>
          <p>
            <Hash value={props.sha256} />
          </p>
          <p>
            <a href={`/api/v1/forerunner-lists/${list}/${edition}/file`}>{t.file}</a>
          </p>
        </section>
      </article>
    </Layout>
  );
}

function ListFacts(props: Props): VNode {
  const { frame, list, edition, head, body, publisher, publishedAt, editions } = props;
  const t = frame.t.forerunners;
  const scheme = `/schemes/${head.scheme.code}/${head.scheme.version}`;
  return (
    <Facts
      facts={[
        [t.body, <OrganisationName frame={frame} name={body} />],
        [t.publisher, <OrganisationName frame={frame} name={publisher} />],
        [t.publishedOn, formatDate(new Date(publishedAt))],
        [t.validUntil, head.validUntil],
        [
          t.board,
          <a href={link(frame, `/boards/${list}/${head.board.edition}`)}>
            {t.boardEdition(list, String(head.board.edition))}
          </a>,
        ],
        [t.scheme, <a href={link(frame, scheme)}>{`${head.scheme.code} v${head.scheme.version}`}</a>],
        [t.round, <a href={link(frame, `/forerunner-rounds/${head.round}`)}>{head.round}</a>],
        ...(head.previous ? [[t.previous, <Hash value={head.previous.sha256} />] as const] : []),
        ...(editions.length > 1
          ? [
              [
                t.editions,
                <ul class="inline-list">
                  {editions.map((one) => (
                    <li>
                      {one.edition === edition ? (
                        one.edition
                      ) : (
                        <a href={link(frame, `/forerunners/${list}/${one.edition}`)}>{one.edition}</a>
                      )}
                      {` ${t.editionKinds[one.kind]} ${formatDate(new Date(one.publishedAt))}`}
                    </li>
                  ))}
                </ul>,
              ] as const,
            ]
          : []),
      ]}
    />
  );
}

function Entries({ frame, list, edition, newest, today, entries }: Props): VNode {
  const t = frame.t.forerunners;
  return (
    <Rows
      caption={t.entriesCount(formatCount(entries.length))}
      heads={[t.enterprise, t.product, t.models, t.report, t.validUntil, t.state]}
    >
      {entries.map((entry) => (
        <tr role="row" id={entry.declaration}>
          <ForerunnerName frame={frame} of={entry} />
          <Cell label={t.product}>
            <Chinese frame={frame}>{entry.product}</Chinese>
            <small class="under">
              <a href={link(frame, `/boards/${list}/${entry.board}/entry/${entry.declaration}`)}>{t.rowSource}</a>
            </small>
          </Cell>
          <Cell label={t.models}>
            <Chinese frame={frame}>{entry.models.join(frame.t.site.comma)}</Chinese>
          </Cell>
          <Cell label={t.report}>
            <Chinese frame={frame}>
              {inBrackets(frame, entry.report.laboratory, `${entry.report.mark} ${entry.report.markNumber}`)}
            </Chinese>
            <small class="under">{`${entry.report.number} · ${entry.report.reportedOn}`}</small>
          </Cell>
          <Cell label={t.validUntil}>
            {entry.validUntil}
            <small class="under">{t.since(String(entry.since))}</small>
          </Cell>
          <Cell label={t.state}>
            <Marks frame={frame} entry={entry} />
            <DisputeFlag frame={frame} numbers={entry.disputes} />
            {edition === newest && entry.validUntil >= today ? (
              <a
                class="no-print"
                href={link(
                  frame,
                  withQuery('/objections/new', { object: `forerunner/${list}/${edition}/${entry.declaration}` }),
                )}
                aria-label={`${t.object} ${entry.number}`}
              >
                {t.object}
              </a>
            ) : null}
          </Cell>
        </tr>
      ))}
    </Rows>
  );
}

/** What became of an entry since it was listed; said beside it, never in place of it. */
export function Marks({
  frame,
  entry: { marks },
}: {
  readonly frame: Frame;
  readonly entry: Pick<ShownEntry, 'marks'>;
}): VNode {
  const t = frame.t.forerunners;
  if (marks.length === 0) return <StateTag state="current" text={t.valid} />;
  return (
    <>
      {marks.map(({ mark, about }) => (
        <>
          <StateTag state="failed" text={t.marks[mark]} /> <small class="under">{about}</small>
        </>
      ))}
    </>
  );
}

function Removed({ frame, removed }: Props): VNode | null {
  const t = frame.t.forerunners;
  if (removed.length === 0) return null;
  return (
    <section aria-labelledby="removed">
      <h2 id="removed">{t.removedTitle}</h2>
      <p class="hint">{t.removedHint}</p>
      <Rows caption={t.removedTitle} heads={[t.enterprise, t.product, t.cause]}>
        {removed.map((entry) => (
          <tr role="row">
            <ForerunnerName frame={frame} of={entry} struck />
            <Cell label={t.product}>
              <s>
                <Chinese frame={frame}>{`${entry.product} ${entry.models.join(frame.t.site.comma)}`}</Chinese>
              </s>
            </Cell>
            <Cell label={t.cause}>
              {t.causes[entry.removed.cause]}
              <small class="under">
                <Chinese frame={frame}>
                  {[entry.removed.evidence, entry.removed.note].filter(Boolean).join(' · ')}
                </Chinese>
                {` · ${t.removedOn(String(entry.removed.edition), entry.removed.on)} · ${entry.removed.by}`}
              </small>
            </Cell>
          </tr>
        ))}
      </Rows>
    </section>
  );
}

function Cell({ label, children }: { readonly label: string; readonly children: VNode['props']['children'] }): VNode {
  return (
    <td role="cell" data-label={label}>
      {children}
    </td>
  );
}
