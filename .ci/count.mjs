// "N passed, N failed" from vitest's JSON. A run that ended badly without a failed test (types, a suite that did not
// load, a check) counts as one failure, so that no reader of this one line takes it for success.
import { readFileSync } from 'node:fs';

const [file, tests, checks] = process.argv.slice(2);
const { numPassedTests, numFailedTests } = read(file);
const isUncounted = tests !== '0' && numFailedTests === 0;
const failed = numFailedTests + (isUncounted ? 1 : 0) + (checks === '0' ? 0 : 1);
console.log(`${numPassedTests} passed, ${failed} failed`);

function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0 };
  }
}
