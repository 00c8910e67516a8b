import { fault, text } from '../../fault.ts';
import type { Found } from '../finding.ts';
import type { Check } from './check.ts';

/**
 * An own standard discloses functional indicators, and of products also performance indicators (标准化法 art. 27). Services
 * need functional ones only, and an executed standard of another level none.
 */
export const indicatorsMissing: Check = {
  severity: 'refuse',
  find({ content, number }) {
    if (number?.level !== 'enterprise') return [];
    const has = (kind: 'function' | 'performance') => content.indicators.some((indicator) => indicator.kind === kind);
    return [
      ...(has('function') ? [] : [missing('function')]),
      ...(content.subject === 'service' || has('performance') ? [] : [missing('performance')]),
    ];
  },
};

function missing(kind: 'function' | 'performance'): Found {
  const [zh, en] = kind === 'function' ? ['功能指标', 'functional indicator'] : ['性能指标', 'performance indicator'];
  return {
    ...fault(
      '/indicators',
      `indicators.${kind}-missing`,
      null,
      text(
        `执行自定标准的，至少公开一项${zh}（标准化法第二十七条）`,
        `at least one ${en} for an own standard (Standardization Law, art. 27)`,
      ),
      text(`请增加一行${zh}`, `add a row with a ${en}`),
    ),
    about: zh,
  };
}
