import type { VNode } from 'preact';

export interface SummaryLine {
  readonly field: string;
  readonly message: string;
  /** Where it is mended, if not at the input of that name on this page. */
  readonly href?: string;
}

/** Says at the top how many things are wrong and leads to each; it takes the focus when the page opens. */
export function ErrorSummary({
  title,
  lines,
}: {
  readonly title: string;
  readonly lines: readonly SummaryLine[];
}): VNode | null {
  if (lines.length === 0) return null;
  return (
    <div class="error-summary" role="alert" tabIndex={-1} autoFocus aria-labelledby="error-summary">
      <h2 id="error-summary">{title}</h2>
      <ul>
        {lines.map(({ field, message, href }) => (
          <li>
            <a href={href ?? `#${field}`}>{message}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}
