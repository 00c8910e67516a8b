import type { VNode } from 'preact';
import { Facts, Hash } from '../components/facts.tsx';
import { QrCode } from '../components/qr-code.tsx';
import { OrganisationName } from '../components/names.tsx';
import { formatCount, formatTime } from '../format.ts';
import { type Frame, link } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';

interface Props {
  readonly frame: Frame;
  readonly id: string;
  readonly number: string;
  readonly enterprise: string;
  readonly publishedAt: Date;
  readonly sha256: string;
  readonly logIndex: number | null;
  /** The public page in full, as it is printed. */
  readonly address: string;
  /** What the QR code opens, in full, and the code in it, which can be typed from paper. */
  readonly proofAddress: string;
  readonly proof: string;
  readonly revision: number;
}

export function ReceiptPage(props: Props): VNode {
  const { frame, id, number, enterprise, publishedAt, sha256, logIndex, address, proofAddress, proof, revision } =
    props;
  const t = frame.t.receipt;
  const labels = frame.t.declaration;
  return (
    <Layout frame={frame} title={`${t.title} ${number}`} section="desk">
      <article class="receipt">
        <h1>{t.title}</h1>
        <p class="lead" role="status">
          {t.lead}
        </p>
        <Facts
          facts={[
            [labels.id, <strong class="code">{id}</strong>],
            [t.number, number],
            [t.enterprise, <OrganisationName frame={frame} name={enterprise} />],
            [labels.publishedAt, labels.beijing(formatTime(publishedAt))],
            [labels.document, <Hash value={sha256} />],
            [labels.logIndex, logIndex === null ? labels.logWaiting : formatCount(logIndex)],
            [labels.revision, String(revision)],
            [t.publicPage, <a href={link(frame, `/s/${id}`)}>{address}</a>],
          ]}
        />
        <figure class="receipt-code">
          <QrCode text={proofAddress} label={t.qrCode(proof)} />
          <figcaption>
            {t.scan} <span class="code">{proof}</span>
          </figcaption>
        </figure>
        <p class="hint no-print">{t.print}</p>
        <p class="actions no-print">
          <a class="button" href={link(frame, '/desk/decl/new')}>
            {t.another}
          </a>
          <a class="button" href={link(frame, '/desk')}>
            {t.backToDesk}
          </a>
        </p>
      </article>
    </Layout>
  );
}
