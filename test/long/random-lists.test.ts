import { describe, it } from 'vitest';
import { checkRandomLists } from '../support/random-lists.ts';

describe('10,000 random schemes with their declarations', () => {
  it('order never matters, better never lowers, kits recompute to the same bytes, schemes round-trip', () => {
    checkRandomLists(10_000);
  }, 1_800_000);
});
