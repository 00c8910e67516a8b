import type { VNode } from 'preact';
import { type Frame, link } from '../frame.ts';

/** 异议中: beside a row or a list while an objection to it is accepted and undecided; leads to each. */
export function DisputeFlag({
  frame,
  numbers,
}: {
  readonly frame: Frame;
  readonly numbers: readonly string[];
}): VNode | null {
  if (numbers.length === 0) return null;
  return (
    <span class="disputes">
      {numbers.map((number) => (
        <a class="tag tag-seeded" href={link(frame, `/objections/${number}`)}>
          {frame.t.objections.dispute(number)}
        </a>
      ))}
    </span>
  );
}
