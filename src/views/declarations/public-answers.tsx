import type { VNode } from 'preact';
import type { DeclarationContent } from '../../domain/declarations/content.ts';
import type { Frame } from '../frame.ts';

/** 明示 and waived warnings: what is lower, missing or left as it is, why, and who says so. */
export function PublicAnswers({
  frame,
  content,
}: {
  readonly frame: Frame;
  readonly content: DeclarationContent;
}): VNode {
  const t = frame.t.answers;
  const codes: Readonly<Record<string, string>> = t.codes;
  const rows = [
    ...(content.statements ?? []).map((one) => ({ ...one, kind: t.statement })),
    ...(content.waivers ?? []).map((one) => ({ ...one, kind: t.waiver })),
  ];
  return (
    <ul class="answers">
      {rows.map(({ kind, code, about, reason, person }) => (
        <li>
          <strong>{kind}</strong> {codes[code] ?? code}
          {frame.t.site.open}
          {about}
          {frame.t.site.close}
          {t.reason(reason, person)}
        </li>
      ))}
    </ul>
  );
}
