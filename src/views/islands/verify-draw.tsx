// Why a program: "passed" may be said by the reader's own machine only. Without it the page gives the command to run.
import { render, type VNode } from 'preact';
import type { Fault } from '../../domain/fault.ts';
import type { Check } from '../../domain/spot-checks/check.ts';
import type { Language } from '../frame.ts';
import type { Messages } from '../i18n/zh.ts';

type Words = Messages['verify'];
type File = readonly [name: string, address: string];
type State =
  | { readonly step: 'waiting' }
  | { readonly step: 'loading'; readonly done: number }
  | { readonly step: 'running' }
  | { readonly step: 'checked'; readonly checks: readonly Check[] }
  | { readonly step: 'broken'; readonly why: string };

const root = document.querySelector<HTMLElement>('#verify-draw');
if (root) start(root);

function start(root: HTMLElement): void {
  const words = JSON.parse(root.dataset['words'] ?? '{}') as Words;
  const files = JSON.parse(root.dataset['files'] ?? '[]') as readonly File[];
  const lang = (root.dataset['lang'] ?? 'zh') as Language;
  const worker = root.dataset['worker'] ?? '';
  const kilobytes = Number(root.dataset['kilobytes'] ?? '0');
  const show = (state: State): void => {
    render(<Verifier {...{ words, files, lang, kilobytes, state, begin }} />, root);
  };
  const begin = (): void => {
    verify(files, worker, show).catch((error: unknown) => {
      show({ step: 'broken', why: error instanceof Error ? error.message : String(error) });
    });
  };
  show({ step: 'waiting' });
}

async function verify(files: readonly File[], worker: string, show: (state: State) => void): Promise<void> {
  let done = 0;
  show({ step: 'loading', done });
  const contents = await Promise.all(
    files.map(async ([name, address]) => {
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(`${name}: HTTP ${answer.status}`);
      const content = await answer.arrayBuffer();
      show({ step: 'loading', done: ++done });
      return [name, content] as const;
    }),
  );
  show({ step: 'running' });
  show({ step: 'checked', checks: await runWorker(worker, contents) });
}

function runWorker(address: string, contents: readonly (readonly [string, ArrayBuffer])[]): Promise<readonly Check[]> {
  const worker = new Worker(address, { type: 'module' });
  return new Promise<readonly Check[]>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<readonly Check[]>) => resolve(data));
    worker.addEventListener('error', (event) => reject(new Error(event.message)));
    worker.postMessage(contents, []);
  }).finally(() => worker.terminate());
}

function Verifier({
  words,
  files,
  lang,
  kilobytes,
  state,
  begin,
}: {
  readonly words: Words;
  readonly files: readonly File[];
  readonly lang: Language;
  readonly kilobytes: number;
  readonly state: State;
  readonly begin: () => void;
}): VNode {
  const isBusy = state.step === 'loading' || state.step === 'running';
  return (
    <>
      <p>
        <button class="primary" disabled={isBusy} onClick={begin}>
          {state.step === 'waiting' ? words.start : words.again}
        </button>{' '}
        <small>{`${words.program} ${kilobytes} kB`}</small>
      </p>
      <div role="status">
        {state.step === 'loading' ? (
          <p>
            {words.loading} <progress aria-label={words.loading} value={state.done} max={files.length} />
          </p>
        ) : null}
        {state.step === 'running' ? (
          <p>
            {words.running} <progress aria-label={words.running} />
          </p>
        ) : null}
        {state.step === 'broken' ? <p class="field-error">{`${words.error}${state.why}`}</p> : null}
        {state.step === 'checked' ? <Checks words={words} lang={lang} checks={state.checks} /> : null}
      </div>
    </>
  );
}

function Checks({
  words,
  lang,
  checks,
}: {
  readonly words: Words;
  readonly lang: Language;
  readonly checks: readonly Check[];
}): VNode {
  const failed = checks.some(({ status }) => status === 'failed');
  return (
    <>
      <p>
        <strong>{failed ? words.someFailed : words.allPassed}</strong>
      </p>
      <ul class="checks">
        {checks.map(({ title, status, note, faults }) => (
          <li class={status}>
            <strong>{words[status]}</strong> {title[lang]}
            {note ? <small class="under">{note[lang]}</small> : null}
            {faults.map((fault) => (
              <Why words={words} lang={lang} fault={fault} />
            ))}
          </li>
        ))}
      </ul>
    </>
  );
}

function Why({ words, lang, fault }: { readonly words: Words; readonly lang: Language; readonly fault: Fault }): VNode {
  return (
    <p>
      <code>{fault.at}</code> {fault.found === null ? null : `${words.found}${fault.found} `}
      {`${words.expected}${fault.expected[lang]} ${words.remedy}${fault.remedy[lang]}`}
    </p>
  );
}
