import { fault, text } from '../../fault.ts';
import { codePointName } from '../../text/fold.ts';
import type { Found } from '../finding.ts';
import type { Check } from './check.ts';

// Cyrillic and Greek letters that look like Latin ones, CJK radicals that look like characters (⽤ for 用), and invisible or
// direction-changing characters.
const LOOKALIKE = /[\u0391-\u03a9\u03b1\u03b5\u03b9\u03bf\u03c1\u03c5\u0400-\u04ff\u2e80-\u2fdf]/u;
const INVISIBLE = /[\p{Cf}\u00ad\u115f\u1160\u3164\uffa0]/u;
const LATIN = /[A-Za-z]/u;
const GREEK_OR_CYRILLIC = /[\u0370-\u04ff]/u;

/** Characters that read as others: a name that looks like another one and is not. */
export const confusableCharacters: Check = {
  severity: 'warn',
  find({ content }) {
    const names: readonly (readonly [at: string, name: string | null | undefined])[] = [
      ['/standard/name', content.standard.name],
      ...content.products.flatMap((product, i) => [
        [`/products/${i}/name`, product.name] as const,
        [`/products/${i}/brand`, product.brand] as const,
        ...product.models.map((model, j) => [`/products/${i}/models/${j}`, model] as const),
      ]),
      ...content.indicators.map(({ name }, i) => [`/indicators/${i}/name`, name] as const),
    ];
    return names.flatMap(([at, name]) => {
      const character = name ? confusable(name) : null;
      return name && character ? [found(at, name, character)] : [];
    });
  },
};

/** A Greek or Cyrillic letter counts only beside Latin ones: a name wholly in one of those scripts is what it looks like. */
function confusable(name: string): string | null {
  const invisible = INVISIBLE.exec(name)?.[0];
  if (invisible) return invisible;
  const lookalike = LOOKALIKE.exec(name)?.[0];
  if (!lookalike) return null;
  return GREEK_OR_CYRILLIC.test(lookalike) && !LATIN.test(name) ? null : lookalike;
}

function found(at: string, name: string, character: string): Found {
  const folded = character.normalize('NFKC');
  const instead = folded === character || folded === '' ? '' : `（${folded}）`;
  return {
    ...fault(
      at,
      'name.confusable',
      name,
      text(
        `不含形似字符；“${character}”是 ${codePointName(character)}`,
        `no character that looks like another; “${character}” is ${codePointName(character)}`,
      ),
      text(`请用键盘重新输入${instead}，或说明理由后保留`, 'type it again, or keep it and say why'),
    ),
    about: name,
  };
}
