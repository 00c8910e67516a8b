import { fault, text } from '../../fault.ts';
import { COMMITMENTS, commitmentOn } from '../commitment.ts';
import type { Check } from './check.ts';

/** Publishing needs the commitment (自我声明承诺书) in its present edition, with its signer. */
export const commitmentSigned: Check = {
  severity: 'refuse',
  find({ content: { commitment }, rules }) {
    const current = commitmentOn(rules.day);
    if (commitment && COMMITMENTS.some(({ version }) => version === commitment.version)) {
      if (commitment.version === current.version) return [];
    }
    const at = commitment ? '/commitment/version' : '/commitment';
    const expected = text(
      `签署自我声明承诺书第 ${current.version} 版：“${current.text.zh}”`,
      `the commitment, edition ${current.version}, signed: “${current.text.en}”`,
    );
    const remedy = text('请填写签署人和身份', 'give the signer and the capacity in which they sign');
    return [
      { ...fault(at, 'commitment.missing', commitment?.version ?? null, expected, remedy), about: '自我声明承诺书' },
    ];
  },
};
