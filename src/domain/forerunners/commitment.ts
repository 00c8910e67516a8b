import type { Commitment } from '../declarations/commitment.ts';

/** Editions of the commitment (承诺书) that a candidate signs, oldest first. An edition is never changed. */
export const FORERUNNER_COMMITMENTS: readonly Commitment[] = [
  {
    version: 1,
    validFrom: '2018-01-01',
    text: {
      zh: '本企业承诺：所确认的产品是按照公开的企业标准量产的定型产品（服务是广泛提供的服务），质量水平持续符合该标准；所提供的检测报告真实有效；近三年没有严重的质量、环境和信用问题；标准、产品或者经营状况发生变化时及时告知，并接受社会监督。本次评估没有向任何机构支付费用。',
      en: 'We commit ourselves: the product confirmed is a mass-produced final type made by the declared standard (the service is widely provided), and keeps to it; the test report is genuine and valid; in the last three years there was no serious trouble of quality, environment or credit; we tell of any change of the standard, the product or our business, and accept public supervision. We paid nobody for this assessment.',
    },
  },
];

/** The edition to sign on a day (YYYY-MM-DD). */
export function forerunnerCommitmentOn(day: string): Commitment {
  const found = FORERUNNER_COMMITMENTS.filter(({ validFrom }) => validFrom <= day).at(-1);
  if (!found) throw new Error(`no edition of the commitment on ${day}`);
  return found;
}
