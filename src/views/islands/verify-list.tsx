// Why a program: "equal" may be said by the reader's own machine only. Without it the page gives the command to run.
import { render, type VNode } from 'preact';
import type { Messages } from '../i18n/zh.ts';
import type { VerifyListMessage } from './verify-list-worker.tsx';

type Words = Messages['verifyList'];
type Verdict = Extract<VerifyListMessage, { verdict: unknown }>['verdict'];
type State =
  | { readonly step: 'waiting' }
  | { readonly step: 'running'; readonly lines: number }
  | { readonly step: 'checked'; readonly verdict: Verdict }
  | { readonly step: 'broken'; readonly why: string };

const root = document.querySelector<HTMLElement>('#verify-list');
if (root) start(root);

function start(root: HTMLElement): void {
  const words = JSON.parse(root.dataset['words'] ?? '{}') as Words;
  const { kit = '', worker = '', kilobytes = '0', compared = '0' } = root.dataset;
  const most = Number(compared);
  const show = (state: State): void => {
    render(<Verifier {...{ words, kilobytes, most, state, begin }} />, root);
  };
  const begin = (): void => {
    show({ step: 'running', lines: 0 });
    const program = new Worker(worker, { type: 'module' });
    const end = (state: State) => {
      program.terminate();
      show(state);
    };
    program.addEventListener('message', ({ data }: MessageEvent<VerifyListMessage>) => {
      if ('lines' in data) show({ step: 'running', lines: data.lines });
      else if ('verdict' in data) end({ step: 'checked', verdict: data.verdict });
      else end({ step: 'broken', why: data.error });
    });
    program.addEventListener('error', (event) => end({ step: 'broken', why: event.message }));
    program.postMessage(kit, []);
  };
  show({ step: 'waiting' });
}

function Verifier({
  words,
  kilobytes,
  most,
  state,
  begin,
}: {
  readonly words: Words;
  readonly kilobytes: string;
  readonly most: number;
  readonly state: State;
  readonly begin: () => void;
}): VNode {
  return (
    <>
      <p>
        <button class="primary" disabled={state.step === 'running'} onClick={begin}>
          {state.step === 'waiting' ? words.start : words.again}
        </button>{' '}
        <small>{`${words.program} ${kilobytes} kB`}</small>
      </p>
      <div role="status">
        {state.step === 'running' ? (
          <p>
            {words.running}{' '}
            <progress aria-label={words.running} value={Math.min(state.lines, most)} max={Math.max(most, 1)} />
          </p>
        ) : null}
        {state.step === 'broken' ? <p class="field-error">{`${words.error}${state.why}`}</p> : null}
        {state.step === 'checked' ? <Checks words={words} verdict={state.verdict} /> : null}
      </div>
    </>
  );
}

function Checks({ words, verdict }: { readonly words: Words; readonly verdict: Verdict }): VNode {
  const failed = verdict.checks.some(({ holds }) => !holds);
  const { difference } = verdict;
  return (
    <>
      <p>
        <strong>{failed ? words.differs : words.equal}</strong>
      </p>
      <ul class="checks">
        {verdict.checks.map(({ name, holds, found, expected }) => (
          <li class={holds ? 'passed' : 'failed'}>
            <strong>{holds ? words.holds : words.fails}</strong> {words.names[name]}
            {holds ? null : <small class="under">{`${words.found}${found} ${words.expected}${expected}`}</small>}
          </li>
        ))}
      </ul>
      {difference ? (
        <>
          <p>{`${words.line} ${difference.line}`}</p>
          <pre>
            <code>
              {[difference.published, difference.recomputed].map((line) => line?.slice(0, 300) ?? '–').join('\n')}
            </code>
          </pre>
        </>
      ) : null}
    </>
  );
}
