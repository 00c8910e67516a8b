import type { Check } from './check.ts';
import { citedStandard } from './cited-standards.ts';
import { commitmentSigned } from './commitment.ts';
import { executedStandard } from './executed-standard.ts';
import { mandatoryLimit } from './mandatory-limit.ts';
import { CHECKS_OF_A_FORM } from './of-a-form.ts';
import { plausibleRange } from './plausible-range.ts';
import { recommendedLevel } from './recommended-level.ts';
import { testMethodOwn } from './test-method-own.ts';
import { unitNotComparable } from './unit-not-comparable.ts';

/** Every check of a declaration that needs nothing but the rules; what only the register knows is asked when it is written. */
export const CHECKS: readonly Check[] = [
  ...CHECKS_OF_A_FORM,
  executedStandard,
  mandatoryLimit,
  commitmentSigned,
  recommendedLevel,
  testMethodOwn,
  citedStandard,
  plausibleRange,
  unitNotComparable,
];
