import { fault, text } from '../../fault.ts';
import { statusOn } from '../../standards/in-force.ts';
import { foldForSearch } from '../../text/fold.ts';
import { citedIn } from '../rules.ts';
import type { Check } from './check.ts';

/** An own test method is for indicators that no national, sector or international method covers (促进办法 art. 12). */
export const testMethodOwn: Check = {
  severity: 'warn',
  find({ content, number, rules }) {
    if (number?.level !== 'enterprise') return [];
    return content.indicators.flatMap(({ name, testMethod }, i) => {
      if (!testMethod || citedIn(testMethod).length > 0) return [];
      const standard = rules.indicators
        .filter((prepared) => prepared.names.has(foldForSearch(name)))
        .flatMap(({ methods }) => methods)
        .map((compact) => rules.standard(compact))
        .find((found) => found !== null && statusOn(found, rules.day) === 'current');
      if (!standard) return [];
      const expected = text(
        `标准方法 ${standard.number} ${standard.nameZh}`,
        `the standard method ${standard.number} ${standard.nameEn ?? standard.nameZh}`,
      );
      const remedy = text(
        '请引用该方法标准；确不适用的，写明理由后保留',
        'cite that standard, or keep yours and say why it does not fit',
      );
      return [
        {
          ...fault(`/indicators/${i}/testMethod`, 'test-method.own', testMethod, expected, remedy),
          about: name,
        },
      ];
    });
  },
};
