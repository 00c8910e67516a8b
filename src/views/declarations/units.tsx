import type { VNode } from 'preact';
import { UNIT_SYMBOLS } from '../../domain/indicators/units.ts';

/** Suggestions for every field of units. */
export function Units(): VNode {
  return (
    <datalist id="units">
      {UNIT_SYMBOLS.map((symbol) => (
        <option value={symbol} />
      ))}
    </datalist>
  );
}
