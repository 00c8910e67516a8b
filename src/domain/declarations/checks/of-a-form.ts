import { barcodes } from './barcodes.ts';
import type { Check } from './check.ts';
import { confusableCharacters } from './confusable-characters.ts';
import { dates } from './dates.ts';
import { declaredTwice } from './declared-twice.ts';
import { indicatorsMissing } from './indicators-missing.ts';
import { standardNumbers } from './standard-numbers.ts';
import { testMethodMissing } from './test-method-missing.ts';

/** The checks that need nothing of the register: what a browser can say while someone types. */
export const CHECKS_OF_A_FORM: readonly Check[] = [
  standardNumbers,
  dates,
  declaredTwice,
  barcodes,
  indicatorsMissing,
  testMethodMissing,
  confusableCharacters,
];
