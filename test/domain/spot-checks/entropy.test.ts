import { describe, expect, it } from 'vitest';
import {
  type BeaconAnswer,
  bindChain,
  isSigned,
  randomnessOf,
  roundTimeMs,
} from '../../../src/domain/spot-checks/beacon.ts';
import {
  formatEntropy,
  formatOutcome,
  millibits,
  parseEntropy,
  parseOutcomes,
} from '../../../src/domain/spot-checks/entropy.ts';
import { valueOf } from './random-draws.ts';
import { readVector, textOf } from './vectors.ts';

const CHAIN = '8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce';

describe('the entropy of a plan', () => {
  it.each([
    ['dice 20', 66_420],
    ['dice 100', 332_100],
    [`drand ${CHAIN} 1`, 256_000],
    ['nist 2 123456', 512_000],
    ['lottery ssq 2026095; lottery dlt 2026095; lottery pl5 2026260', 65_039],
    ['lottery ssq 2026095; lottery ssq 2026096; lottery ssq 2026097', 72_234],
    ['lottery pl5 2026260; dice 20', 83_029],
  ])('may be %s, %i thousandths of a bit', (source, expected) => {
    const events = valueOf(parseEntropy(source));
    expect({ bits: millibits(events), text: formatEntropy(events) }).toEqual({ bits: expected, text: source });
  });

  it.each([
    ['dice 19', 'draw.entropy-grammar'],
    ['dice 020', 'draw.entropy-grammar'],
    ['Dice 20', 'draw.entropy-grammar'],
    ['dice 20;dice 30', 'draw.entropy-grammar'],
    [' dice 20', 'draw.entropy-grammar'],
    ['coins 64', 'draw.entropy-grammar'],
    [`drand ${CHAIN} 0`, 'draw.entropy-grammar'],
    [`drand ${CHAIN.slice(1)} 1`, 'draw.entropy-grammar'],
    ['nist 2', 'draw.entropy-grammar'],
    ['lottery ssq 26095', 'draw.entropy-grammar'],
    ['lottery powerball 2026095', 'draw.entropy-grammar'],
    ['dice 20; dice 20', 'draw.entropy-repeated'],
    ['nist 2 7; nist 2 007', 'draw.entropy-repeated'],
    ['lottery ssq 2026095; lottery dlt 2026095', 'draw.entropy-too-small'],
    ['lottery pl5 2026260', 'draw.entropy-too-small'],
  ])('may not be "%s"', (source, code) => {
    const result = parseEntropy(source);
    expect(result.ok ? [] : result.problem.map((fault) => fault.code)).toEqual([code]);
  });
});

describe('the outcome of an event', () => {
  const lotteries = (ssq: string, dlt = '02,11,19,27,35+04,09', pl5 = '48213'): readonly [string, string] => [
    'lottery ssq 2026095; lottery dlt 2026095; lottery pl5 2026260',
    `lottery ssq 2026095 ${ssq}; lottery dlt 2026095 ${dlt}; lottery pl5 2026260 ${pl5}`,
  ];

  it.each<[plan: string, seed: string, values: string[]]>([
    ['dice 20', 'dice 27182818284590452353', ['27182818284590452353']],
    [`drand ${CHAIN} 1`, `drand ${CHAIN} 1 ${'0f'.repeat(32)}`, ['0f'.repeat(32)]],
    ['nist 2 7', `nist 2 7 ${'0f'.repeat(64)}`, ['0f'.repeat(64)]],
    [...lotteries('03,08,17,21,28,33+07'), ['03,08,17,21,28,33+07', '02,11,19,27,35+04,09', '48213']],
  ])('of %s is read from %s', (plan, seed, values) => {
    const events = valueOf(parseEntropy(plan));
    expect(valueOf(parseOutcomes(events, seed))).toEqual(values);
    expect(events.map((event, i) => formatOutcome(event, values[i] ?? '')).join('; ')).toBe(seed);
  });

  it.each<[plan: string, seed: string, code: string]>([
    ['dice 20', `dice ${'1'.repeat(19)}`, 'draw.entropy-value'],
    ['dice 20', `dice ${'1'.repeat(21)}`, 'draw.entropy-value'],
    ['dice 20', `dice ${'1'.repeat(19)}x`, 'draw.entropy-value'],
    ['dice 20', `dice 20 ${'1'.repeat(20)}`, 'draw.entropy-value'],
    ['dice 20', `nist 2 7 ${'0f'.repeat(64)}`, 'draw.entropy-mismatch'],
    ['dice 20', `dice ${'1'.repeat(20)}; lottery pl5 2026260 48213`, 'draw.entropy-mismatch'],
    [`drand ${CHAIN} 1`, `drand ${CHAIN} 2 ${'0f'.repeat(32)}`, 'draw.entropy-mismatch'],
    [`drand ${CHAIN} 1`, `drand ${CHAIN} 11 ${'0f'.repeat(32)}`, 'draw.entropy-mismatch'],
    [`drand ${CHAIN} 1`, `drand ${CHAIN} 1 ${'0F'.repeat(32)}`, 'draw.entropy-value'],
    ['nist 2 7', `nist 2 7 ${'0f'.repeat(32)}`, 'draw.entropy-value'],
    [...lotteries('08,03,17,21,28,33+07'), 'draw.entropy-value'],
    [...lotteries('03,03,17,21,28,33+07'), 'draw.entropy-value'],
    [...lotteries('03,08,17,21,28,34+07'), 'draw.entropy-value'],
    [...lotteries('00,08,17,21,28,33+07'), 'draw.entropy-value'],
    [...lotteries('03,08,17,21,28,33+17'), 'draw.entropy-value'],
    [...lotteries('3,8,17,21,28,33+07'), 'draw.entropy-value'],
    [...lotteries('03,08,17,21,28+07'), 'draw.entropy-value'],
    [...lotteries('03,08,17,21,28,33'), 'draw.entropy-value'],
    [...lotteries('03,08,17,21,28,33+07', '02,11,19,27,36+04,09'), 'draw.entropy-value'],
    [...lotteries('03,08,17,21,28,33+07', '02,11,19,27,35+09,04'), 'draw.entropy-value'],
    [...lotteries('03,08,17,21,28,33+07', '02,11,19,27,35+04,13'), 'draw.entropy-value'],
    [...lotteries('03,08,17,21,28,33+07', '02,11,19,27,35+04'), 'draw.entropy-value'],
    [...lotteries('03,08,17,21,28,33+07', '02,11,19,27,35+04,09', '4821'), 'draw.entropy-value'],
  ])('of %s is not %s', (plan, seed, code) => {
    const result = parseOutcomes(valueOf(parseEntropy(plan)), seed);
    expect(result.ok ? [] : result.problem.map((fault) => fault.code)).toEqual([code]);
  });
});

describe('a beacon', () => {
  const [answer] = JSON.parse(textOf(readVector('v4-sealed'), 'entropy.json')) as [BeaconAnswer];
  // Public rounds of drand's quicknet chain, which signs on the other curve and without a predecessor.
  const quicknet = (round: number, signature: string): BeaconAnswer => ({
    part: '',
    chain: {
      public_key:
        '83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a',
      period: 3,
      genesis_time: 1692803367,
      hash: '52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971',
      schemeID: 'bls-unchained-g1-rfc9380',
    },
    beacon: { round, randomness: '', signature },
  });
  const ROUND_1000 = 'b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39';
  const ROUND_32281667 =
    'b0f5ae301358ff87a9d3dd539ed4a07c0148b1ab4f7b61a8ca43c7e9ca7ca9553e4faae9188deb30b2cd1a7f447e3e5b';

  it.each([
    ['round 1 of the default chain', answer],
    ['round 1000 of quicknet', quicknet(1000, ROUND_1000)],
    ['round 32281667 of quicknet', quicknet(32281667, ROUND_32281667)],
  ])('has signed %s, and its key is that of the chain', (_, given) => {
    expect({ signed: isSigned(given), chain: bindChain(given) }).toEqual({ signed: true, chain: 'bound' });
  });

  it('has the hash of its signature as randomness', () => {
    expect(randomnessOf(answer)).toBe(answer.beacon.randomness);
    expect(randomnessOf(quicknet(32281667, ROUND_32281667))).toBe(
      '4fd2fc55983dbfa3f446d8a0bd56f16cc8c5e76afd1ec154b60d477cbabed13b',
    );
  });

  it.each<[claim: string, given: BeaconAnswer]>([
    ['another round', { ...answer, beacon: { ...answer.beacon, round: 2 } }],
    ['another predecessor', { ...answer, beacon: { ...answer.beacon, previous_signature: '00' } }],
    ['no predecessor', { ...answer, beacon: { ...answer.beacon, previous_signature: undefined } }],
    ['a signature that is no point', { ...answer, beacon: { ...answer.beacon, signature: '8d'.repeat(96) } }],
    ['the signature of another round', quicknet(1000, ROUND_32281667)],
    ['another scheme', { ...answer, chain: { ...answer.chain, schemeID: 'bls-unchained-on-g1' } }],
  ])('did not sign %s', (_, given) => {
    expect(isSigned(given)).toBe(false);
  });

  it.each<[claim: string, chain: Partial<BeaconAnswer['chain']>, binding: string]>([
    ['another key', { public_key: 'aa'.repeat(48) }, 'foreign'],
    ['another period', { period: 3 }, 'foreign'],
    ['another start', { genesis_time: 1595431051 }, 'foreign'],
    ['another group', { groupHash: '00'.repeat(32) }, 'foreign'],
    ['an unknown chain without its group', { hash: '00'.repeat(32) }, 'unknown'],
  ])('with %s is %s', (_, chain, binding) => {
    expect(bindChain({ ...answer, chain: { ...answer.chain, ...chain } })).toBe(binding);
  });

  it('signed its first round when the chain began', () => {
    expect(new Date(roundTimeMs(answer)).toISOString()).toBe('2020-07-22T15:17:30.000Z');
    expect(roundTimeMs(quicknet(11, ''))).toBe((1692803367 + 30) * 1000);
  });
});
