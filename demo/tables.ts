import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { z } from 'zod';
import { type DeclarationContent, type DeclaredIndicator } from '../src/domain/declarations/content.ts';
import { projectRoot } from '../src/project-root.ts';
import { enterpriseCode } from './codes.ts';

type Content = z.input<typeof DeclarationContent>;
type Row = Readonly<Record<string, string>>;

/** One public table: where it is, who makes what, and how a row becomes a declaration. */
export interface Table {
  readonly file: string;
  readonly scheme: string;
  readonly maker: (row: Row) => string;
  readonly declare: (row: Row, serial: number) => Content;
}

export const DEMO = join(projectRoot, 'demo');

export function readTable(table: Table): readonly Row[] {
  return parse(readFileSync(join(DEMO, table.file)), { columns: true, skip_empty_lines: true });
}

export const TABLES: readonly Table[] = [
  { file: 'heat-pumps.csv', scheme: 'heat-pumps.json', maker: (row) => row['manufacturer'] ?? '', declare: heatPump },
  {
    file: 'televisions.csv',
    scheme: 'televisions.json',
    maker: (row) => brand(row['brand'] ?? ''),
    declare: television,
  },
  {
    file: 'refrigerators.csv',
    scheme: 'refrigerators.json',
    maker: (row) => row['brand'] ?? '',
    declare: refrigerator,
  },
  { file: 'vehicles.csv', scheme: 'vehicles.json', maker: (row) => row['division'] ?? '', declare: vehicle },
];

/** The table prints brands in lower case. */
function brand(name: string): string {
  return name.length <= 4 ? name.toUpperCase() : name.replace(/\b[a-z]/gu, (letter) => letter.toUpperCase());
}

function heatPump(row: Row, serial: number): Content {
  const {
    manufacturer = '',
    model = '',
    title = '',
    type = '',
    eta_35 = '',
    eta_55 = '',
    sound_outdoor = '',
    rated_output = '',
  } = row;
  return {
    ...standard('C3464.heat-pump', manufacturer, serial, '供暖用热泵'),
    products: [{ name: '供暖用热泵', models: [title || model] }],
    parameters: [
      { name: '额定制热量', value: rated_output, unit: 'kW' },
      { name: '热源类型', value: type },
    ],
    indicators: [
      measured('额定制热量', 'function', '=', rated_output, 'kW', 'EN 14825:2018'),
      ...measuredIf('低温工况供暖季节能效', '≥', eta_35, '%', 'EN 14825:2018'),
      ...measuredIf('中温工况供暖季节能效', '≥', eta_55, '%', 'EN 14825:2018'),
      ...measuredIf('室外侧声功率级', '≤', sound_outdoor, 'dB(A)', 'EN 12102-1:2017'),
    ],
  };
}

function television(row: Row, serial: number): Content {
  const { model = '', screen_size = '', screen_technology = '', energy_consumption = '', star_rating = '' } = row;
  return {
    ...standard('C3951.television', brand(row['brand'] ?? ''), serial, '平板电视'),
    products: [{ name: '平板电视', models: [model] }],
    parameters: [
      { name: '屏幕尺寸', value: screen_size, unit: 'in' },
      { name: '显示技术', value: screen_technology },
    ],
    indicators: [
      measured('屏幕尺寸', 'function', '=', screen_size, 'in', 'AS/NZS 62087.1:2010'),
      ...measuredIf('年耗电量', '≤', energy_consumption, 'kW·h/a', 'AS/NZS 62087.1:2010'),
      ...measuredIf('能效星级', '≥', star_rating, '星', 'AS/NZS 62087.2.2:2011'),
    ],
  };
}

function refrigerator(row: Row, serial: number): Content {
  const { model = '', type = '', adjusted_volume = '', annual_energy = '', percent_less = '', connected = '' } = row;
  return {
    ...standard('C3851.refrigerator', row['brand'] ?? '', serial, '家用电冰箱'),
    products: [{ name: '家用电冰箱', models: [model] }],
    parameters: [
      { name: '调整容积', value: adjusted_volume, unit: 'ft³' },
      { name: '型式', value: type },
    ],
    indicators: [
      measured('调整容积', 'function', '=', adjusted_volume, 'ft³', '10 CFR 430 B appendix A'),
      ...measuredIf('年耗电量', '≤', annual_energy, 'kW·h/a', '10 CFR 430 B appendix A'),
      ...measuredIf('较美国联邦限值节电率', '≥', percent_less, '%', '10 CFR 430.32'),
      {
        name: '联网功能',
        kind: 'function',
        comparator: 'text',
        value: connected === 'Yes' ? '是' : '否',
        unit: '',
        testMethod: 'ENERGY STAR Consumer Refrigeration Products 5.0',
      },
    ],
  };
}

function vehicle(row: Row, serial: number): Content {
  const { carline, displacement = '', transmission, drive, fuel = '', combined_mpg = '', co2 = '', smog = '' } = row;
  return {
    ...standard('C3611.light-vehicle', row['division'] ?? '', serial, '轻型汽车'),
    products: [{ name: '轻型汽车', models: [`${carline} ${displacement} L ${transmission} ${drive} ${fuel}`] }],
    parameters: [
      { name: '车型类别', value: row['class'] ?? '' },
      { name: '燃料', value: fuel },
    ],
    indicators: [
      measured('发动机排量', 'function', '=', displacement, 'L', '40 CFR 600.311-12'),
      ...measuredIf('综合工况燃油经济性', '≥', combined_mpg, 'mpg', '40 CFR 600.311-12'),
      ...measuredIf('综合工况二氧化碳排放量', '≤', co2, 'g/mi', '40 CFR 600.311-12'),
      ...measuredIf('烟雾评级', '≥', smog, '分', '40 CFR 600.311-12'),
    ],
  };
}

function standard(
  category: string,
  maker: string,
  serial: number,
  name: string,
): Pick<Content, 'subject' | 'category' | 'standard' | 'commitment'> {
  const number = `Q/${enterpriseCode(maker)} ${String(serial).padStart(4, '0')}-2026`;
  return {
    subject: 'product',
    category,
    standard: { number, name, issuedOn: '2025-12-01', effectiveOn: '2026-01-01' },
    commitment: { version: 1, signer: `${maker} 演示签署人`, capacity: 'authorised-person' },
  };
}

/** A gap of the table stays a gap: what is not printed is not declared. */
function measuredIf(
  name: string,
  comparator: DeclaredIndicator['comparator'],
  value: string,
  unit: string,
  testMethod: string,
): z.input<typeof DeclaredIndicator>[] {
  return value === '' ? [] : [measured(name, 'performance', comparator, value, unit, testMethod)];
}

function measured(
  name: string,
  kind: DeclaredIndicator['kind'],
  comparator: DeclaredIndicator['comparator'],
  value: string,
  unit: string,
  testMethod: string,
): z.input<typeof DeclaredIndicator> {
  return { name, kind, comparator, value, unit, testMethod };
}
