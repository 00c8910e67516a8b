import { brotliCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { DeclarationDocument } from '../../src/domain/declarations/document.ts';
import { BoardPage } from '../../src/views/rankings/board-page.tsx';
import { renderDocument } from '../../src/views/render.ts';
import { airPurifier, purifierIndicators, testCreditCode } from '../support/builders.ts';
import { tierScheme } from '../support/filled-register.ts';
import { board, documents } from './support.ts';

const HTML_BUDGET = 20_000;

describe('a board', () => {
  test('of 100 rows stays below 20 kB', () => {
    const props = board(documents(180));
    expect(props.rows).toHaveLength(100);
    const html = renderDocument(BoardPage(props));
    expect(brotliCompressSync(html).length).toBeLessThan(HTML_BUDGET);
  });

  test('says that equal grades share their rank, and leaves the word out where nobody shares it', () => {
    const [first, second, third] = [
      one('600', '15.00', '48.0', 1),
      one('450', '12.00', '55.0', 2),
      one('460', '12.00', '54.0', 3),
    ];
    const html = renderDocument(BoardPage(board([first, second, third])));
    expect(rankCells(html)).toEqual(['1 一级', '2 并列 二级', '2 并列 二级']);
  });

  test('names what is missing or cannot be compared in words, never as 0 or a dash', () => {
    const inWords = {
      ...one('600', '15.00', null, 1),
      content: airPurifier({
        number: 'Q/A 1-2026',
        indicators: [
          ...purifierIndicators({ cleanAir: '600', efficacy: '15.00', noise: null }),
          {
            name: '噪声',
            kind: 'performance',
            comparator: '≥',
            value: '40',
            unit: 'dB(A)',
            testMethod: 'x',
            raw: '≥ 40 dB(A)',
          },
        ],
      }),
    } as DeclarationDocument;
    const html = renderDocument(BoardPage(board([one('600', '15.00', null, 2), inWords])));
    expect(html).toContain('核心指标不可比：噪声 未声明');
    expect(html).toContain('核心指标不可比：噪声 声明的界限方向相反，不保证该值');
    const tiered = board([one('600', '15.00', '50.0', 1)], tierScheme());
    const absent = {
      ...tiered.rows[0],
      indicators: [{ code: 'cadr', raw: null, value: null, outcome: 'not-comparable', reason: 'not-declared' }],
    };
    const shown = renderDocument(BoardPage({ ...tiered, rows: [absent as (typeof tiered.rows)[number]] }));
    expect(shown).toMatch(/<td role="cell" data-label="颗粒物洁净空气量 m³\/h" class="absent">未声明<\/td>/u);
  });

  test('keeps the digits of the declaration, and shows the declared words where the value was converted', () => {
    const converted = { ...one('600', '16.00', '48.0', 1) };
    const [first] = converted.content.indicators;
    if (!first) throw new Error('no indicator');
    const content = {
      ...converted.content,
      indicators: [
        { ...first, value: '12', unit: 'm³/min', raw: '≥ 12 m³/min' },
        ...converted.content.indicators.slice(1),
      ],
    };
    const html = renderDocument(BoardPage(board([{ ...converted, content }])));
    expect(html).toContain('16.00');
    expect(html).toContain('720<small class="under">≥ 12 m³/min</small>');
  });

  test('of few core indicators shows tiers and places instead of a rank', () => {
    const html = renderDocument(
      BoardPage(board([one('600', '15.00', '48.0', 1), one('450', '12.00', '55.0', 2)], tierScheme())),
    );
    expect(html).toContain('先进 · 第 1 位');
    expect(html).toContain('平均 · 第 2 位');
    expect(html).not.toContain('class="rank"');
  });

  test('escapes whatever an enterprise calls itself', () => {
    const hostile = {
      ...one('600', '15.00', '48.0', 1),
      enterprise: { code: testCreditCode(1), name: '<img src=x onerror=alert(1)>"\'' },
    };
    const html = renderDocument(BoardPage(board([hostile])));
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img src=x onerror=alert(1)>&quot;');
  });

  test('says when only a part was searched', () => {
    const props = board(documents(120));
    const html = renderDocument(
      BoardPage({ ...props, filtered: { matches: 3, searched: 50 }, rows: props.rows.slice(0, 3) }),
    );
    expect(html).toContain(`只查了前 50 行，共 ${props.head.entries} 行`);
  });

  test('marks every name of a demonstration, and none of a real register', () => {
    const props = board([one('600', '15.00', '48.0', 1)]);
    expect(renderDocument(BoardPage(props))).not.toContain('class="mark"');
    const html = renderDocument(BoardPage({ ...props, frame: { ...props.frame, registerKind: 'demonstration' } }));
    expect(html).toContain('演示数据，非真实登记');
    expect(html.match(/class="mark"/gu)).toHaveLength(2);
  });

  test('has no style, event handler or script of its own, so that a strict policy holds', () => {
    const html = renderDocument(BoardPage(board(documents(20))));
    expect(html).not.toMatch(/ style="| on[a-z]+="|<style|javascript:/u);
    expect(html.match(/<script[^>]*>/gu)).toEqual(['<script type="module" src="/assets/enhance.0.js">']);
  });
});

function one(cleanAir: string, efficacy: string, noise: string | null, n: number): DeclarationDocument {
  const [document] = documents(1);
  if (!document) throw new Error('no document');
  const number = `Q/A ${n}-2026`;
  return {
    ...document,
    id: `${document.enterprise.code}.D${n}`,
    number: { canonical: number, compact: number.replace(' ', '') },
    content: airPurifier({ number, indicators: purifierIndicators({ cleanAir, efficacy, noise }) }),
  };
}

function rankCells(html: string): readonly string[] {
  return [...html.matchAll(/<td role="cell" class="rank">(.*?)<\/td>/gu)].map(([, cell]) =>
    (cell ?? '')
      .replace(/<[^>]+>/gu, ' ')
      .replace(/\s+/gu, ' ')
      .trim(),
  );
}
