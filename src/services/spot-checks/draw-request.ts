import { z } from 'zod';

const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/u);
const printable = (max: number) => z.string().regex(new RegExp(`^[!-~]{1,${max}}$`, 'u'));

/** What a regulator says of a draw before anything is fixed: the frame's rule, the sizes, the roster, the future event. */
export const DrawRequest = z
  .strictObject({
    id: name,
    title: z.string().trim().min(1).max(200),
    batch: z.string().trim().min(1).max(100),
    stage: z.string().trim().min(1).max(40).default('1'),
    frame: z.strictObject({
      categoryPrefix: z
        .string()
        .regex(/^([A-T]\d{0,4}(\.[a-z0-9-]{1,40})?)?$/u)
        .default(''),
      regionPrefix: z
        .string()
        .regex(/^\d{0,6}$/u)
        .default(''),
      stratify: z.enum(['none', 'category', 'province']).default('none'),
    }),
    /** Objects to draw in all, shared over the strata in proportion; each stratum gets at least `minimum`. */
    sample: z.int().min(1).max(1_000_000),
    minimum: z.int().min(1).max(1000).default(1),
    perObject: z.int().min(2).max(10).default(2),
    roster: z
      .array(
        z.strictObject({ inspector: printable(64), strata: z.union([z.literal('*'), z.array(name).min(1).max(400)]) }),
      )
      .min(2)
      .max(20_000),
    avoid: z
      .array(z.strictObject({ id: printable(128), inspector: printable(64) }))
      .max(100_000)
      .default([]),
    /** The future public event, e.g. `dice 20` or `drand CHAIN ROUND`. */
    entropy: z.string().min(1).max(400),
    entropyNote: z.string().max(500).default(''),
    entropyNotBefore: z.iso.datetime().optional(),
    /** party → commitment of a secret revealed later; makes the draw sealed. */
    commit: z.record(name, z.string().regex(/^[0-9a-f]{64}$/u)).default({}),
    revealBy: z.iso.datetime().optional(),
  })
  .meta({ id: 'DrawRequest' });
export type DrawRequest = z.infer<typeof DrawRequest>;
