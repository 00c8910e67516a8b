import { describe, expect, it } from 'vitest';
import { declaration, findingsOf, isAccepted } from './given.ts';

const { indicators } = declaration();
const functional = indicators.filter(({ kind }) => kind === 'function');
const performance = indicators.filter(({ kind }) => kind === 'performance');

describe('DOMAIN 7.1 (3): services need functional indicators only, products both', () => {
  it('a product with both is accepted', () => expect(isAccepted({ indicators })).toBe(true));
  it('a product without performance indicators is refused', () =>
    expect(findingsOf({ indicators: functional })).toMatchObject([
      { severity: 'refuse', code: 'indicators.performance-missing', at: '/indicators' },
    ]));
  it('a product without functional indicators is refused', () =>
    expect(findingsOf({ indicators: performance })).toMatchObject([{ code: 'indicators.function-missing' }]));
  it('a service with functional ones alone is accepted', () =>
    expect(isAccepted({ subject: 'service', indicators: functional })).toBe(true));
  it('a service without functional ones is refused', () =>
    expect(isAccepted({ subject: 'service', indicators: performance })).toBe(false));
  it('an executed standard of another level needs none', () =>
    expect(isAccepted({ number: 'GB/T 18801-2022', indicators: [] })).toBe(true));
});
