import type { VNode } from 'preact';
import type { DeclarationDocument } from '../../domain/declarations/document.ts';
import { Facts, Hash } from '../components/facts.tsx';
import { Chinese, OrganisationName } from '../components/names.tsx';
import { formatCount, formatTime } from '../format.ts';
import { type Frame, link } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';

export type ShownProof =
  | {
      readonly kind: 'held';
      readonly document: DeclarationDocument;
      readonly documentSha256: string;
      readonly at: Date;
      readonly logIndex: number | null;
      readonly newest: { readonly revision: number; readonly state: keyof Frame['t']['states'] };
    }
  | { readonly kind: 'other'; readonly id: string }
  | { readonly kind: 'unknown' };

/** What a QR code opens: one sentence, the state, and whether the register holds what the paper says. */
export function ProofPage({
  frame,
  typed,
  proof,
}: {
  readonly frame: Frame;
  readonly typed: string;
  readonly proof: ShownProof;
}): VNode {
  const t = frame.t.proof;
  return (
    <Layout frame={frame} title={t.title} islands={proof.kind === 'held' ? ['verify-proof'] : []}>
      <article class={`proof proof-${proof.kind}`}>
        <h1>{t.title}</h1>
        {proof.kind === 'held' ? <Held frame={frame} proof={proof} /> : <NotHeld frame={frame} proof={proof} />}
        <form class="proof-form no-print" method="get" action={link(frame, '/verify')}>
          <label for="code">{t.another}</label>
          <input id="code" name="code" value={typed} maxLength={160} autocomplete="off" required />
          <button>{t.check}</button>
        </form>
        <p class="hint">{t.hint}</p>
      </article>
    </Layout>
  );
}

function Held({ frame, proof }: { readonly frame: Frame; readonly proof: ShownProof & { kind: 'held' } }): VNode {
  const t = frame.t.proof;
  const { document, documentSha256, at, logIndex, newest } = proof;
  const { enterprise, number, content, id, revision } = document;
  const isNewest = newest.revision === revision;
  const gap = frame.lang === 'zh' ? '' : ' ';
  return (
    <>
      <p class="lead" role="status">
        {t.held}
        {gap}
        <OrganisationName frame={frame} name={enterprise.name} href={`/e/${enterprise.code}`} />
        {`${gap}${frame.t.declaration.declares}${gap}`}
        <Chinese frame={frame}>{content.products[0]?.name ?? ''}</Chinese>
        {gap}
        {t.sentence(number.canonical, formatTime(at))}{' '}
        {isNewest ? frame.t.states[newest.state] : t.newer(String(newest.revision), frame.t.states[newest.state])}
      </p>
      <p>
        <a class="button" href={link(frame, isNewest ? `/s/${id}` : `/s/${id}#v${revision}`)}>
          {t.open}
        </a>
      </p>
      <Facts
        facts={[
          [frame.t.declaration.id, <span class="code">{id}</span>],
          [frame.t.declaration.revision, String(revision)],
          [frame.t.declaration.document, <Hash value={documentSha256} />],
          [frame.t.declaration.logIndex, logIndex === null ? frame.t.declaration.logWaiting : formatCount(logIndex)],
        ]}
      />
      <div
        id="verify-proof"
        data-address={`/api/v1/declarations/${id}/versions/${revision}`}
        data-sha256={documentSha256}
        data-words={JSON.stringify(t.browser)}
      >
        <p>
          {t.byHand}{' '}
          <code>{`curl -s ${new URL(`/api/v1/declarations/${id}/versions/${revision}`, frame.address).href} | sha256sum`}</code>
        </p>
      </div>
    </>
  );
}

function NotHeld({ frame, proof }: { readonly frame: Frame; readonly proof: ShownProof }): VNode {
  const t = frame.t.proof;
  return (
    <>
      <p class="lead error" role="alert">
        {proof.kind === 'other' ? t.other : t.unknown}
      </p>
      {proof.kind === 'other' ? (
        <p>
          <a class="button" href={link(frame, `/s/${proof.id}`)}>
            {t.openOther}
          </a>
        </p>
      ) : null}
    </>
  );
}
