/** z of 95 % and a margin of 5 %, in ten-thousandths. */
export const Z_95 = 19_600;
export const MARGIN_5_PERCENT = 500;

/**
 * How many of `population` to draw to estimate a proportion: ceil(z²N / (4e²(N−1) + z²)) at the worst case of one half
 * (rd1 §1.6). `z` and `margin` are integers in ten-thousandths, so no rounding enters.
 */
export function proportionSampleSize(population: number, z = Z_95, margin = MARGIN_5_PERCENT): number {
  const units = BigInt(population);
  const zSquared = BigInt(z) ** 2n;
  const divisor = 4n * BigInt(margin) ** 2n * (units - 1n) + zSquared;
  return Number((zSquared * units + divisor - 1n) / divisor);
}

/**
 * The smallest sample that misses all of `faulty` units in at most one draw of `oneIn` (20: found with 95 %), exactly:
 * oneIn·C(N−D, n) ≤ C(N, n) (rd1 §1.9). Needs 1 ≤ faulty ≤ population; throws a RangeError otherwise.
 */
export function discoverySampleSize(population: number, faulty: number, oneIn = 20): number {
  if (!(faulty >= 1 && faulty <= population)) throw new RangeError(`1 ≤ ${faulty} ≤ ${population} does not hold`);
  const isEnough = (sample: number): boolean => isDiscovered(population, faulty, sample, BigInt(oneIn));
  // Doubling first keeps the products short: the answer is usually some hundreds, whatever the population.
  let enough = 1;
  while (enough < population && !isEnough(enough)) enough = Math.min(2 * enough, population);
  let tooFew = Math.floor(enough / 2);
  while (enough - tooFew > 1) {
    const sample = Math.floor((tooFew + enough) / 2);
    if (isEnough(sample)) enough = sample;
    else tooFew = sample;
  }
  return enough;
}

/** C(N−D, n)/C(N, n) = C(N−n, D)/C(N, D); the side with fewer factors has at most about √(3N) of them. */
function isDiscovered(population: number, faulty: number, sample: number, oneIn: bigint): boolean {
  const factors = Math.min(faulty, sample);
  const gone = Math.max(faulty, sample);
  let missing = 1n;
  let all = 1n;
  for (let i = 0; i < factors; i++) {
    missing *= BigInt(Math.max(0, population - gone - i));
    all *= BigInt(population - i);
  }
  return oneIn * missing <= all;
}
