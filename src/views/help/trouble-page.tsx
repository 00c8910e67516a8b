import type { VNode } from 'preact';
import type { Fault, Text } from '../../domain/fault.ts';
import { Facts } from '../components/facts.tsx';
import { SearchBox } from '../components/search-box.tsx';
import { type Frame, link, withQuery, words } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';

export interface ShownTrouble {
  readonly status: number;
  readonly code: string;
  readonly title: Text;
  readonly faults: readonly Fault[];
  readonly retryAfter: number | null;
}

interface Props {
  readonly frame: Frame;
  readonly trouble: ShownTrouble;
  /** Found in the server's log; all that a reader is told of an internal error. */
  readonly requestId: string;
  /** A form was sent, so something typed could be lost. */
  readonly wasPosted: boolean;
}

export function TroublePage({ frame, trouble, requestId, wasPosted }: Props): VNode {
  const t = frame.t.trouble;
  const { status, code } = trouble;
  const titles: Readonly<Record<number, string>> = t.titles;
  const title = titles[status] ?? t.other;
  const said = words(frame, trouble.title);
  return (
    <Layout frame={frame} title={title} hasErrors>
      <div class="trouble">
        <p class="kicker">{status}</p>
        <h1>{title}</h1>
        {said === title ? null : <p class="lead">{said}</p>}
        {status === 401 && wasPosted ? <p class="notice">{t.keepInput}</p> : null}
        {trouble.retryAfter === null ? null : <p>{t.retry(String(trouble.retryAfter))}</p>}
        {status >= 500 ? <p>{t.unchanged}</p> : null}
        <Faults frame={frame} faults={trouble.faults} />
        {status === 404 ? <SearchBox frame={frame} /> : null}
        <p class="actions">
          {status === 401 ? (
            <a class="button primary" href={link(frame, withQuery('/login', { next: wasPosted ? null : frame.path }))}>
              {t.logIn}
            </a>
          ) : null}
          <a class="button" href={link(frame, '/')}>
            {t.home}
          </a>
        </p>
        <Facts
          facts={[
            [t.code, <a href={link(frame, `/help/problems#${code}`)}>{code}</a>],
            [t.trace, <span class="code">{requestId}</span>],
          ]}
        />
      </div>
    </Layout>
  );
}

function Faults({ frame, faults }: { readonly frame: Frame; readonly faults: readonly Fault[] }): VNode | null {
  const t = frame.t.trouble;
  const { colon } = frame.t.site;
  if (faults.length === 0) return null;
  return (
    <ul>
      {faults.map((fault) => (
        <li>
          {fault.found === null ? '' : `${t.found}${colon}${fault.found} · `}
          {`${t.expected}${colon}${words(frame, fault.expected)} · ${t.remedy}${colon}${words(frame, fault.remedy)}`}
        </li>
      ))}
    </ul>
  );
}
