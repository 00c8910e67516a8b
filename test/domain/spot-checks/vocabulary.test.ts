import { describe, expect, it } from 'vitest';
import {
  FINDING_CODES,
  FINDING_KINDS,
  FINDING_SEVERITY_TEXT,
  VERDICT_TEXT,
  VERDICTS,
} from '../../../src/domain/spot-checks/vocabulary.ts';

describe('the vocabulary of spot checks', () => {
  it('has each finding once, with words in both languages', () => {
    expect(new Set(FINDING_CODES).size).toBe(18);
    const texts = FINDING_CODES.map((code) => FINDING_KINDS[code].text);
    expect(new Set(texts.flatMap(({ zh, en }) => [zh, en])).size).toBe(36);
  });

  it('has the verdicts of practice', () => {
    expect(VERDICTS.map((verdict) => VERDICT_TEXT[verdict].zh)).toEqual([
      '符合',
      '符合但存在瑕疵',
      '不符合',
      '无法核查',
    ]);
    expect(Object.values(FINDING_SEVERITY_TEXT).map(({ zh }) => zh)).toEqual(['合法性', '完整性', '规范性']);
  });
});
