import { bls12_381 } from '@noble/curves/bls12-381.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';

const ON_G1 = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_';
const ON_G2 = 'BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_NUL_';

/** drand's signature schemes; the third signs on G1 under the domain of G2, a slip that its chains keep. */
const SCHEMES = {
  'pedersen-bls-chained': { signatures: 'long', chained: true, domain: ON_G2 },
  'pedersen-bls-unchained': { signatures: 'long', chained: false, domain: ON_G2 },
  'bls-unchained-on-g1': { signatures: 'short', chained: false, domain: ON_G2 },
  'bls-unchained-g1-rfc9380': { signatures: 'short', chained: false, domain: ON_G1 },
} as const;
const SCHEME_NAMES = Object.keys(SCHEMES) as (keyof typeof SCHEMES)[];

const hex = (length: number): z.ZodString => z.string().regex(new RegExp(`^(?:[0-9a-f]{2}){${length}}$`));
const bytesHex = z.string().regex(/^(?:[0-9a-f]{2})+$/);

/** drand's raw answer for one round, as published beside the seed in entropy.json (rd1 §1.9). */
export const BeaconAnswer = z.object({
  part: z.string(),
  chain: z.object({
    public_key: bytesHex,
    period: z.int().min(1).max(0xffffffff),
    genesis_time: z.int().min(0),
    hash: hex(32),
    schemeID: z.enum(SCHEME_NAMES),
    groupHash: hex(32).optional(),
    metadata: z.object({ beaconID: z.string() }).optional(),
  }),
  beacon: z.object({
    round: z.int().min(1),
    randomness: hex(32),
    signature: bytesHex,
    previous_signature: bytesHex.optional(),
  }),
});
export type BeaconAnswer = z.output<typeof BeaconAnswer>;

/** What binds a chain's hash to its key and is missing from older answers: the default chain and quicknet. */
const KNOWN_CHAINS: ReadonlyMap<string, { readonly groupHash: string; readonly beaconID: string }> = new Map([
  [
    '8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce',
    { groupHash: '176f93498eac9ca337150b46d21dd58673ea4e3581185f869672e59fa4cb390a', beaconID: 'default' },
  ],
  [
    '52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971',
    { groupHash: 'f477d5c89f21a17c863a7f937c6a6d15859414d2be09cd448d4279af331c5d3e', beaconID: 'quicknet' },
  ],
]);

export const CHAIN_BINDINGS = ['bound', 'foreign', 'unknown'] as const;
export type ChainBinding = (typeof CHAIN_BINDINGS)[number];

/**
 * Whether the answer's key, period and start are those of its chain's hash. `unknown`: the answer has no group hash and the
 * chain is not one of the known, so anybody's key could stand there.
 */
export function bindChain({ chain }: BeaconAnswer): ChainBinding {
  const known = KNOWN_CHAINS.get(chain.hash);
  const groupHash = chain.groupHash ?? known?.groupHash;
  if (groupHash === undefined) return 'unknown';
  const beaconID = chain.metadata?.beaconID ?? known?.beaconID ?? 'default';
  const hash = sha256(
    concatBytes(
      bigEndian(chain.period, 4),
      bigEndian(chain.genesis_time, 8),
      hexToBytes(chain.public_key),
      hexToBytes(groupHash),
      beaconID === 'default' ? new Uint8Array(0) : utf8ToBytes(beaconID),
    ),
  );
  return bytesToHex(hash) === chain.hash ? 'bound' : 'foreign';
}

/** SHA-256 of the signature: what drand calls the randomness of a round. */
export function randomnessOf({ beacon }: BeaconAnswer): string {
  return bytesToHex(sha256(hexToBytes(beacon.signature)));
}

/** Whether the chain's key signed this round. Takes some 30 ms. */
export function isSigned({ chain, beacon }: BeaconAnswer): boolean {
  const scheme = SCHEMES[chain.schemeID];
  const previous = scheme.chained ? hexToBytes(beacon.previous_signature ?? '') : new Uint8Array(0);
  const message = sha256(concatBytes(previous, bigEndian(beacon.round, 8)));
  const key = hexToBytes(chain.public_key);
  const signature = hexToBytes(beacon.signature);
  try {
    if (scheme.signatures === 'long') {
      const { longSignatures } = bls12_381;
      return longSignatures.verify(signature, longSignatures.hash(message, scheme.domain), key);
    }
    const { shortSignatures } = bls12_381;
    return shortSignatures.verify(signature, shortSignatures.hash(message, scheme.domain), key);
  } catch {
    // A signature or a key that is no point of the curve makes the library throw; it signs nothing.
    return false;
  }
}

/** When the round came into being, in milliseconds since 1970; the first round is 1. */
export function roundTimeMs({ chain, beacon }: BeaconAnswer): number {
  return (chain.genesis_time + (beacon.round - 1) * chain.period) * 1000;
}

function bigEndian(value: number, length: 4 | 8): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  return bytes.subarray(8 - length);
}
