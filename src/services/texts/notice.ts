import { z } from 'zod';

/** What stays public of a text that is withheld, beside its hash. */
export const WithholdingNotice = z.strictObject({
  v: z.literal(1),
  text: z.string(),
  reason: z.string(),
  article: z.string(),
  authority: z.strictObject({ code: z.string(), name: z.string() }),
  at: z.string(),
});
export type WithholdingNotice = z.infer<typeof WithholdingNotice>;
