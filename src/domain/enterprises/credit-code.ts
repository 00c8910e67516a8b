import { type Fault, fault, text } from '../fault.ts';
import { err, ok, type Result } from '../result.ts';
import { codePointName, foldIdentifier } from '../text/fold.ts';
import { ISSUED_EXCEPTIONS } from './issued-exceptions.ts';
import { PROVINCE_CODES } from './regions.ts';

// GB 32100-2015: 31 characters, without I O S V Z; weights 3^(i-1) mod 31.
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
// GB 11714: the organisation code inside, letters valued 10…35.
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];
const SHAPE = /^[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{8}[0-9X][0-9A-HJ-NPQRTUWXY]$/u;

/** How far a code is trusted: both check digits right, or issued against the rule and known to be so. */
export const CREDIT_CODE_MARKS = ['regular', 'issued-exception', 'operator-confirmed'] as const;
export type CreditCodeMark = (typeof CREDIT_CODE_MARKS)[number];

export interface UnifiedSocialCreditCode {
  readonly code: string;
  readonly mark: CreditCodeMark;
  /** The region digits are those of a province of today; old counties and national authorities are not, and only warn. */
  readonly regionKnown: boolean;
}

/** The check character of the first 17 characters (GB 32100-2015). */
export function creditCodeCheckCharacter(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * ALPHABET.indexOf(first17.charAt(i)), 0);
  return ALPHABET.charAt((31 - (sum % 31)) % 31);
}

/** The check character of the eight characters of an organisation code (GB 11714). */
export function organisationCodeCheckCharacter(first8: string): string {
  const sum = ORGANISATION_WEIGHTS.reduce((total, weight, i) => total + weight * parseInt(first8.charAt(i), 36), 0);
  const check = 11 - (sum % 11);
  return check === 10 ? 'X' : check === 11 ? '0' : String(check);
}

/**
 * Reads a unified social credit code as typed. A failing check digit is refused, unless the code stands on the list of
 * codes known to be issued against the rule, or an operator confirmed it on evidence; either way it then carries a mark.
 */
export function parseCreditCode(
  typed: string,
  options: { readonly at?: string; readonly confirmed?: boolean } = {},
): Result<UnifiedSocialCreditCode, Fault> {
  const at = options.at ?? '';
  const folded = foldIdentifier(typed);
  if (!folded.ok) {
    const { character } = folded.problem;
    return err(
      fault(
        at,
        'credit-code.character',
        typed,
        text('18 位数字或大写字母', '18 digits or capital letters'),
        text(`请删去字符 ${codePointName(character)}`, `remove the character ${codePointName(character)}`),
      ),
    );
  }
  const code = folded.value;
  if (!SHAPE.test(code)) {
    return err(
      fault(
        at,
        'credit-code.form',
        typed,
        text(
          '18 位统一社会信用代码（不用字母 I、O、S、V、Z，第 3–8 位为数字）',
          'a unified social credit code of 18 characters (no I, O, S, V, Z; characters 3–8 are digits)',
        ),
        text('请按营业执照核对每一位', 'compare each character with the business licence'),
      ),
    );
  }
  const mark = markOf(code, options.confirmed === true);
  if (mark === null) {
    const expected = creditCodeCheckCharacter(code.slice(0, 17));
    return err(
      fault(
        at,
        'credit-code.check-digit',
        typed,
        text(
          `校验位应符合 GB 32100（按前 17 位应为 ${expected}）`,
          `check characters by GB 32100 (the first 17 give ${expected})`,
        ),
        text(
          '请核对是否录错；确为登记机关所发的，请由平台运营者凭执照核实后标注',
          'check for a typing error; if the code was issued so, the operator can confirm it on the licence',
        ),
      ),
    );
  }
  return ok({ code, mark, regionKnown: PROVINCE_CODES.includes(code.slice(2, 4)) });
}

function markOf(code: string, confirmed: boolean): CreditCodeMark | null {
  const regular =
    creditCodeCheckCharacter(code.slice(0, 17)) === code.charAt(17) &&
    organisationCodeCheckCharacter(code.slice(8, 16)) === code.charAt(16);
  if (regular) return 'regular';
  if (ISSUED_EXCEPTIONS.includes(code)) return 'issued-exception';
  return confirmed ? 'operator-confirmed' : null;
}
