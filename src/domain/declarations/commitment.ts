import type { Text } from '../fault.ts';

/** Who signs: 法定代表人, or a person whom the enterprise authorised. */
export const SIGNER_CAPACITIES = ['legal-representative', 'authorised-person'] as const;
export type SignerCapacity = (typeof SIGNER_CAPACITIES)[number];

/** One edition of the commitment that a declarer signs (自我声明承诺书); declarations name the edition they were signed under. */
export interface Commitment {
  readonly version: number;
  /** The first day on which it may be signed; an earlier edition stays valid for what was signed under it. */
  readonly validFrom: string;
  readonly text: Text;
}

/** Oldest first. An edition is never changed: a new wording is a new edition. */
export const COMMITMENTS: readonly Commitment[] = [
  {
    version: 1,
    validFrom: '2018-01-01',
    text: {
      zh: '本企业承诺：自我声明公开的标准和指标真实、准确、合法，符合强制性国家标准和有关法律法规；按照公开的标准组织生产经营，所提供的产品和服务符合公开的标准；公开的内容发生变化时及时更新，并对所公开的内容承担责任。',
      en: 'We commit ourselves: the standards and indicators that we declare are true, accurate and lawful, and meet the mandatory national standards and the law; we produce and serve by what we declared, and our products and services meet it; we update the declaration when it changes, and answer for what it says.',
    },
  },
];

/** The edition to sign on a day (YYYY-MM-DD). Throws when the table has none so early, which no register is. */
export function commitmentOn(day: string): Commitment {
  const found = COMMITMENTS.filter(({ validFrom }) => validFrom <= day).at(-1);
  if (!found) throw new Error(`no edition of the commitment on ${day}`);
  return found;
}
