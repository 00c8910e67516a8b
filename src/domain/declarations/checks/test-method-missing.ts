import { fault, text } from '../../fault.ts';
import type { Check } from './check.ts';

/** Every indicator of an own standard states how it is tested (企业标准化促进办法 art. 12). */
export const testMethodMissing: Check = {
  severity: 'refuse',
  find({ content, number }) {
    if (number?.level !== 'enterprise') return [];
    return content.indicators.flatMap(({ name, testMethod }, i) => {
      if (testMethod) return [];
      const expected = text(
        `“${name}”的检验方法（企业标准化促进办法第十二条）`,
        `the test method of “${name}” (Measures for Enterprise Standardization, art. 12)`,
      );
      const remedy = text(
        '请填写方法标准编号，如 GB/T 18801-2022；没有标准方法的写明自定方法',
        'give the method standard, such as GB/T 18801-2022, or describe your own',
      );
      return [{ ...fault(`/indicators/${i}/testMethod`, 'test-method.missing', null, expected, remedy), about: name }];
    });
  },
};
