import { barcodes } from './barcodes.ts';
import type { Check } from './check.ts';
import { citedStandard } from './cited-standards.ts';
import { commitmentSigned } from './commitment.ts';
import { confusableCharacters } from './confusable-characters.ts';
import { dates } from './dates.ts';
import { declaredTwice } from './declared-twice.ts';
import { executedStandard } from './executed-standard.ts';
import { indicatorsMissing } from './indicators-missing.ts';
import { mandatoryLimit } from './mandatory-limit.ts';
import { plausibleRange } from './plausible-range.ts';
import { recommendedLevel } from './recommended-level.ts';
import { standardNumbers } from './standard-numbers.ts';
import { testMethodMissing } from './test-method-missing.ts';
import { testMethodOwn } from './test-method-own.ts';
import { unitNotComparable } from './unit-not-comparable.ts';

/** Every check of a declaration that needs nothing but the rules; what only the register knows is asked when it is written. */
export const CHECKS: readonly Check[] = [
  standardNumbers,
  executedStandard,
  dates,
  declaredTwice,
  barcodes,
  indicatorsMissing,
  testMethodMissing,
  mandatoryLimit,
  commitmentSigned,
  recommendedLevel,
  testMethodOwn,
  citedStandard,
  plausibleRange,
  unitNotComparable,
  confusableCharacters,
];
