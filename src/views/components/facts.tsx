import type { ComponentChildren, VNode } from 'preact';

export type Fact = readonly [term: string, value: ComponentChildren];

/** Terms with their values; `strip` lays them in a row. */
export function Facts({ facts, strip = false }: { readonly facts: readonly Fact[]; readonly strip?: boolean }): VNode {
  return (
    <dl class={strip ? 'facts strip' : 'facts'}>
      {facts.map(([term, value]) => (
        <div>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A SHA-256 in full: readers compare it, so it is never cut. */
export function Hash({ value }: { readonly value: string }): VNode {
  return <code class="hash">{value}</code>;
}

/** A wide table or figure scrolls inside its own frame, which the keyboard can reach. */
export function Scroll({ label, children }: { readonly label: string; readonly children: ComponentChildren }): VNode {
  return (
    <div class="scroll" role="group" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}

export function StateTag({ state, text }: { readonly state: string; readonly text: string }): VNode {
  return <span class={`tag tag-${state}`}>{text}</span>;
}
