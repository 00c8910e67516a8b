import type { ComponentChildren, VNode } from 'preact';
import { formatEntropy } from '../../domain/spot-checks/entropy.ts';
import { type Fact, Facts, Hash } from '../components/facts.tsx';
import { Chinese } from '../components/names.tsx';
import { provinceOf } from '../../domain/enterprises/regions.ts';
import { formatCount, formatTime } from '../format.ts';
import type { Frame } from '../frame.ts';
import type { DrawProps } from './draw-props.ts';

/** Everything that was fixed before the seed existed. */
export function PlanFacts(props: DrawProps): VNode {
  const { frame, plan, planSha256, entropy, entropyNote } = props;
  const t = frame.t.draw;
  const time = (at: Date) => frame.t.declaration.beijing(formatTime(at));
  const optional = (term: string, at: string | undefined): Fact[] => (at ? [[term, time(new Date(at))]] : []);
  const facts: Fact[] = [
    [t.frameCount, formatCount(plan.frameCount)],
    ...(plan.frameRule ? [[t.frameRule, <span lang="en">{plan.frameRule}</span>] as const] : []),
    [t.take, <Takes {...props} />],
    [t.perObject, String(plan.perObject)],
    [t.algorithm, <span class="code">rd1</span>],
    ...optional(t.freezeAt, plan.freezeAt),
    [t.entropy, <span class="code">{formatEntropy(plan.entropy)}</span>],
    [t.entropyNotBefore, time(props.entropyNotBefore)],
    [t.entropyOutcome, entropy === null ? t.notYet : <Outcome frame={frame} entropy={entropy} note={entropyNote} />],
    [t.commitments, <Commitments {...props} />],
    ...optional(t.revealBy, plan.revealBy),
    [t.planHash, <Hash value={planSha256} />],
    [t.logged, <LoggedAt {...props} />],
  ];
  return (
    <section aria-labelledby="plan">
      <h2 id="plan">{t.plan}</h2>
      <Facts facts={facts} />
      <p class="hint">{t.unwitnessed}</p>
    </section>
  );
}

function Outcome({
  frame,
  entropy,
  note,
}: {
  readonly frame: Frame;
  readonly entropy: string;
  readonly note: string | null;
}): VNode {
  return (
    <>
      <code class="hash">{entropy}</code>
      {note ? (
        <small class="under">
          <Chinese frame={frame}>{note}</Chinese>
        </small>
      ) : null}
    </>
  );
}

function Takes({ frame, plan }: DrawProps): VNode {
  const strata = [...plan.take].map(([stratum, n]) => `${stratumName(frame, stratum)} ${formatCount(n)}`);
  return <>{strata.join(frame.t.site.comma)}</>;
}

/** A stratum of a province has its name beside its code. */
export function stratumName(frame: Frame, stratum: string): string {
  if (stratum === 'all') return frame.t.draw.strata.all;
  const province = /^\d\d$/u.test(stratum) ? provinceOf(`91${stratum}`) : null;
  return province ? province[frame.lang] : stratum;
}

function Commitments({ frame, plan }: DrawProps): VNode {
  if (plan.commit.size === 0) return <>{frame.t.draw.noCommitments}</>;
  return (
    <ul class="plain-list">
      {[...plan.commit].map(([party, commitment]) => (
        <li>
          <b>{party}</b> <Hash value={commitment} />
        </li>
      ))}
    </ul>
  );
}

function LoggedAt({ frame, logged }: DrawProps): VNode {
  const t = frame.t.draw;
  const one = (name: string, index: number | null): ComponentChildren => (
    <li>
      {`${name} `}
      {index === null ? t.notLogged : <a href={`/api/v1/log/entries?from=${index}&limit=1`}>{formatCount(index)}</a>}
    </li>
  );
  return (
    <ul class="inline-list">
      {one(t.loggedPlan, logged.plan)}
      {one(t.loggedSeed, logged.seed)}
      {one(t.loggedResult, logged.result)}
    </ul>
  );
}
