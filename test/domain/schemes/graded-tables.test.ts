import { describe, expect, it } from 'vitest';
import { findUnit } from '../../../src/domain/indicators/units.ts';
import { checkScheme } from '../../../src/domain/schemes/check-scheme.ts';
import { gradedTables } from '../../../src/domain/schemes/graded-tables.ts';
import { readSheets, SCHEME_SHEETS, writeSheets } from '../../../src/domain/schemes/sheets.ts';
import { checkDraft } from '../../../src/domain/schemes/draft.ts';
import { hasOverallGrade, tiersOf } from '../../../src/domain/schemes/scheme.ts';

/**
 * What is known of each threshold, tier by tier, one word for each level table: c checked against the standard's text, b not.
 * Copied from the survey of public sources of 2026-11.
 */
const KNOWN: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'wood-panel-hcho': { hcho: ['ccc'] },
  'room-ac-heatpump': { apf: ['cccbb', 'bbbbb', 'bbbbb'] },
  'room-ac-cooling': { seer: ['bbbbb', 'bbbbb', 'bbbbb'] },
  'water-purifier-2021': { yield: ['cbc'], capacity: ['cbc'] },
  'water-purifier-2016': { yield: ['ccccc'] },
  'gas-water-heater': { eta1: ['ccc'], eta2: ['ccc'] },
  'gas-hob': { efficiency: ['bcb', 'bcb', 'bcb', 'bcb', 'bcb', 'bcb'], co: ['c'], nox: ['c', 'c'] },
  'toilet-2017': { average: ['bcb'], full: ['bbb'] },
  faucet: { flow: ['bbb', 'bbb'] },
  shower: { flow: ['bbb', 'bbb'] },
  'led-downlight': { efficacy: ['ccc', 'bbb', 'bbb', 'bbb'] },
  fridge: { 'eta-s': ['bbbbb'], 'eta-t': ['bbbbb'] },
  'washer-drum': { energy: ['bbbbb'], water: ['bbbbb'], wash: ['b'] },
  'express-delivery': { time: ['b', 'b'], lost: ['b', 'b'] },
};

const tables = gradedTables();

describe('the graded tables that ship with the register', () => {
  it('are the fourteen that were surveyed', () => {
    expect(tables.map(({ id }) => id).sort()).toEqual(Object.keys(KNOWN).sort());
    expect(new Set(tables.map(({ scheme }) => scheme.code)).size).toBe(14);
  });

  it.each(tables.map(({ id, scheme }) => [id, scheme] as const))(
    '%s is a scheme without a fault, after Excel too',
    (_, scheme) => {
      expect(checkScheme(scheme)).toEqual([]);
      const written = writeSheets(scheme as unknown as Readonly<Record<string, unknown>>);
      const rows = new Map(
        (Object.keys(SCHEME_SHEETS) as (keyof typeof SCHEME_SHEETS)[]).map((key) => [
          SCHEME_SHEETS[key] as string,
          written[key].map((cells, i) => ({ row: i + 1, cells })),
        ]),
      );
      const read = readSheets(rows);
      expect(read.ok && checkDraft(read.value.content).scheme).toEqual(scheme);
    },
  );

  it.each(tables.map(({ id, scheme }) => [id, scheme] as const))(
    '%s says of each threshold what is known of it',
    (id, scheme) => {
      const said = Object.fromEntries(
        scheme.indicators.map(({ code, levels }) => [
          code,
          levels.map((table) =>
            tiersOf(table)
              .map(({ confidence }) => confidence?.[0] ?? '?')
              .join(''),
          ),
        ]),
      );
      expect(said).toEqual(KNOWN[id]);
    },
  );

  it('compare in known units, by sources and names of levels of their own', () => {
    for (const { scheme } of tables) {
      for (const { unit, levels } of scheme.indicators) {
        expect(findUnit(unit), unit).not.toBeNull();
        for (const table of levels) {
          expect(table.source, scheme.code).toBeTruthy();
          for (const { name } of tiersOf(table)) expect(name, scheme.code).toBeTruthy();
        }
      }
    }
  });

  it('with fewer than three core indicators give tiers and no overall grade', () => {
    expect(tables.filter(({ scheme }) => hasOverallGrade(scheme)).map(({ id }) => id)).toEqual(['washer-drum']);
  });

  it('keep the superseded tables beside their successors', () => {
    expect(tables.filter(({ supersededBy }) => supersededBy).map(({ id, supersededBy }) => [id, supersededBy])).toEqual(
      [
        ['water-purifier-2016', 'GB 34914-2021'],
        ['toilet-2017', 'GB 25502-2024'],
      ],
    );
  });

  it('read the pair of the water heater and the worst burner of the hob', () => {
    const of = (id: string) => tables.find((one) => one.id === id)?.scheme.indicators ?? [];
    expect(of('gas-water-heater').map(({ pair }) => pair?.take)).toEqual(['greater', 'smaller']);
    expect(of('gas-hob')[0]?.repeated).toBe('worst');
  });
});
