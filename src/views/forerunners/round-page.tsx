import type { VNode } from 'preact';
import type { Frame } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';
import { Candidates, RoundFacts, type ShownCandidate, type ShownRound } from './round-parts.tsx';

/** A round in public: which step, whose turn, what is missing, who was left out and why. */
export function RoundPage({
  frame,
  round,
}: {
  readonly frame: Frame;
  readonly round: ShownRound & { readonly candidates: readonly ShownCandidate[] };
}): VNode {
  const t = frame.t.forerunnerRound;
  return (
    <Layout frame={frame} title={t.title(round.id)} section="boards">
      <article class="board">
        <h1>{t.title(round.id)}</h1>
        <p class="lead">{t.lead}</p>
        <RoundFacts frame={frame} round={round} />
        <section aria-labelledby="candidates">
          <h2 id="candidates">{t.candidates}</h2>
          <p class="hint">{frame.t.forerunners.neutral}</p>
          <Candidates frame={frame} round={round} candidates={round.candidates} />
        </section>
      </article>
    </Layout>
  );
}
