import type { ComponentChildren, VNode } from 'preact';
import type { CreditCodeMark } from '../../domain/enterprises/credit-code.ts';
import { provinceOf } from '../../domain/enterprises/regions.ts';
import { type Frame, inBrackets, link } from '../frame.ts';

/** Names are never translated; on an English page they are marked as Chinese. */
export function Chinese({ frame, children }: { readonly frame: Frame; readonly children: ComponentChildren }): VNode {
  return frame.lang === 'zh' ? <>{children}</> : <span lang="zh-CN">{children}</span>;
}

/** The name of an organisation. An invented one carries its mark wherever it shows. */
export function OrganisationName(props: {
  readonly frame: Frame;
  readonly name: string;
  readonly invented?: boolean;
  readonly href?: string;
}): VNode {
  const { frame, name, invented = false, href } = props;
  const isMarked = invented || frame.registerKind !== 'real';
  const shown = <Chinese frame={frame}>{name}</Chinese>;
  return (
    <>
      {href ? <a href={link(frame, href)}>{shown}</a> : shown}
      {isMarked ? <small class="mark">{frame.t.site.demonstrationMark}</small> : null}
    </>
  );
}

export function provinceName({ lang }: Pick<Frame, 'lang'>, creditCode: string): string | null {
  return provinceOf(creditCode)?.[lang] ?? null;
}

/** A credit code, with words where it does not follow the rule. */
export function CreditCode({
  frame,
  code,
  mark,
}: {
  readonly frame: Frame;
  readonly code: string;
  readonly mark: CreditCodeMark | 'unconfirmed';
}): VNode {
  const t = frame.t.declaration;
  const said = {
    regular: null,
    'issued-exception': t.markException,
    'operator-confirmed': t.markConfirmed,
    unconfirmed: t.markUnconfirmed,
  }[mark];
  return (
    <>
      <span class="code">{code}</span>
      {said ? <small class="note">{inBrackets(frame, '', said)}</small> : null}
    </>
  );
}
