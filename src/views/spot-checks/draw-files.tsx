import type { VNode } from 'preact';
import { Hash, Scroll } from '../components/facts.tsx';
import { formatCount } from '../format.ts';
import type { DrawProps, ShownFile } from './draw-props.ts';

/** The published files, and two ways of running the draw again with them. */
export function DrawFiles(props: DrawProps): VNode {
  const { frame, id, files } = props;
  const t = frame.t.draw;
  return (
    <>
      <section aria-labelledby="files">
        <h2 id="files">{t.files}</h2>
        <Scroll label={t.files}>
          <table class="wide">
            <thead>
              <tr>
                <th scope="col">{t.file}</th>
                <th scope="col" class="number">
                  {t.size}
                </th>
                <th scope="col">SHA-256</th>
                <th scope="col">{t.download}</th>
              </tr>
            </thead>
            <tbody>
              {files.map((file) => (
                <tr>
                  <th scope="row" class="code">
                    {file.n > 1 ? `${file.name} (${file.n})` : file.name}
                  </th>
                  <td class="number">{t.bytes(formatCount(file.size))}</td>
                  <td>
                    <Hash value={file.sha256} />
                  </td>
                  <td>
                    <a href={fileAddress(id, file)} aria-label={t.downloadOf(file.name)}>
                      {t.download}
                    </a>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </section>
      <section aria-labelledby="verify">
        <h2 id="verify">{t.verify}</h2>
        <p>{t.verifyLead}</p>
        <pre>
          <code>{`npm run -s lingpao -- verify-draw ./${id}`}</code>
        </pre>
        {props.verifier && files.some((file) => file.name === 'seed.txt') ? <InBrowser {...props} /> : null}
      </section>
    </>
  );
}

/** Empty until the island fills it; the words travel with it, so that the program needs no language of its own. */
function InBrowser({ frame, id, files, verifier }: DrawProps): VNode {
  const newest = new Map(files.map((file) => [file.name, fileAddress(id, file)]));
  return (
    <>
      <p>{frame.t.draw.verifyHere}</p>
      <div
        id="verify-draw"
        data-files={JSON.stringify([...newest])}
        data-worker={verifier?.worker}
        data-kilobytes={verifier?.kilobytes}
        data-lang={frame.lang}
        data-words={JSON.stringify(frame.t.verify)}
      />
      <noscript>
        <p>{frame.t.draw.noScript}</p>
      </noscript>
    </>
  );
}

function fileAddress(id: string, file: ShownFile): string {
  return `/api/v1/draws/${encodeURIComponent(id)}/files/${file.name}${file.n > 1 ? `?n=${file.n}` : ''}`;
}
