import { type Fault, fault, text } from '../fault.ts';
import { type ExactDecimal, exact, parseDecimal } from '../indicators/decimal.ts';
import { err, ok, type Result } from '../result.ts';
import { foldForSearch } from '../text/fold.ts';
import type { SchemeIndicator } from './scheme.ts';

/**
 * What a declared interval has to lie in to reach a tier, in the scheme's unit; an end that is null is open. For words, the
 * place of the last word that still reaches it; for yes-no nothing but a yes.
 */
export type Bounds =
  | { readonly low: ExactDecimal | null; readonly high: ExactDecimal | null }
  | { readonly place: number }
  | { readonly yes: true };

const RANGE = /^(?<low>[^～~]+)[～~](?<high>[^～~]+)$/u;

/** Reads a threshold as its indicator's direction writes it: `520`, `20～30`, a deviation, a word of the order. */
export function parseThreshold(indicator: SchemeIndicator, threshold: string, at: string): Result<Bounds, Fault> {
  const number = decimal(threshold);
  switch (indicator.direction) {
    case 'higher':
      return number ? ok({ low: number, high: null }) : err(expected(at, threshold, DECIMAL));
    case 'lower':
      return number ? ok({ low: null, high: number }) : err(expected(at, threshold, DECIMAL));
    case 'range': {
      const ends = RANGE.exec(threshold)?.groups;
      const [low, high] = [decimal(ends?.low ?? ''), decimal(ends?.high ?? '')];
      return low && high && low.lt(high) ? ok({ low, high }) : err(expected(at, threshold, INTERVAL));
    }
    case 'target': {
      const target = decimal(indicator.target ?? '');
      if (!target) return err(expected(`${at}`, indicator.target ?? null, text('先给出目标值', 'a target first')));
      return number?.gte(0)
        ? ok({ low: target.minus(number), high: target.plus(number) })
        : err(expected(at, threshold, DEVIATION));
    }
    case 'ordered-text': {
      const place = (indicator.order ?? []).map(foldForSearch).indexOf(foldForSearch(threshold));
      return place >= 0 ? ok({ place }) : err(expected(at, threshold, WORD));
    }
    case 'yes-no':
      return ok({ yes: true });
  }
}

/** Whether the first of two thresholds of one indicator is reached by less than the second is: every value in b is in a. */
export function isEasier(a: Bounds, b: Bounds): boolean {
  return contains(a, b) && !contains(b, a);
}

/** Whether whatever reaches `inner` reaches `outer` too. */
export function contains(outer: Bounds, inner: Bounds): boolean {
  if ('place' in outer || 'place' in inner) return 'place' in outer && 'place' in inner && outer.place >= inner.place;
  if ('yes' in outer || 'yes' in inner) return true;
  const low = outer.low === null || (inner.low !== null && outer.low.lte(inner.low));
  const high = outer.high === null || (inner.high !== null && outer.high.gte(inner.high));
  return low && high;
}

function decimal(typed: string): ExactDecimal | null {
  const parsed = parseDecimal(typed);
  return parsed.ok ? exact(parsed.value) : null;
}

const DECIMAL = text('十进制数', 'a decimal');
const INTERVAL = text('区间，如 20～30，下限小于上限', 'an interval such as 20～30, the lower end first');
const DEVIATION = text('不小于 0 的最大偏差', 'the greatest deviation, 0 or more');
const WORD = text('次序表中的词', 'a word of the order');

function expected(at: string, found: string | null, what: { zh: string; en: string }): Fault {
  return fault(at, 'scheme.rule', found, what, text('请改正方案中的这一项', 'correct this entry of the scheme'));
}
