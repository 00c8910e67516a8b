import { type Fault, fault, text } from '../fault.ts';
import { err, ok, type Result } from '../result.ts';
import { type ExactDecimal, exact } from './decimal.ts';

/**
 * A unit: its dimension, and the exact ratio to the dimension's base unit as numerator and denominator (L/min to m³/s is
 * 1/60000, which no finite decimal holds).
 */
export interface Unit {
  readonly symbol: string;
  readonly dimension: string;
  readonly numerator: string;
  readonly denominator: string;
}

type Row = readonly [symbol: string, numerator: string, denominator: string, aliases: string];

// The units of the register. Factors: GB 3100/3101-1993, BIPM SI Brochure; feet, gallons and Btu by their exact definitions
// (NIST SP 811). Levels (dB) and counts have no factor to others on purpose: dB(A) is not dB.
const TABLE: Readonly<Record<string, readonly Row[]>> = {
  ratio: [
    ['1', '1', '1', '无量纲 倍 W/W W·h/(W·h) kW/kW'],
    ['%', '1', '100', '百分比 ％ 百分之'],
    ['‰', '1', '1000', '千分之'],
    ['ppm', '1', '1000000', 'mg/kg μg/g'],
  ],
  length: [
    ['m', '1', '1', '米'],
    ['cm', '1', '100', '厘米'],
    ['mm', '1', '1000', '毫米'],
    ['μm', '1', '1000000', '微米 um'],
    ['km', '1000', '1', '千米 公里'],
    ['in', '254', '10000', '英寸 inch'],
  ],
  area: [
    ['m²', '1', '1', '平方米 m2'],
    ['cm²', '1', '10000', '平方厘米 cm2'],
  ],
  volume: [
    ['m³', '1', '1', '立方米 m3'],
    ['L', '1', '1000', '升 l'],
    ['mL', '1', '1000000', '毫升 ml'],
    ['ft³', '28316846592', '1000000000000', '立方英尺 ft3'],
  ],
  mass: [
    ['kg', '1', '1', '千克 公斤'],
    ['g', '1', '1000', '克'],
    ['mg', '1', '1000000', '毫克'],
    ['t', '1000', '1', '吨'],
  ],
  time: [
    ['s', '1', '1', '秒'],
    ['min', '60', '1', '分钟'],
    ['h', '3600', '1', '小时 时'],
    ['d', '86400', '1', '天 日'],
  ],
  power: [
    ['W', '1', '1', '瓦'],
    ['kW', '1000', '1', '千瓦'],
  ],
  energy: [
    ['kW·h', '1', '1', '千瓦时 度 kWh'],
    ['W·h', '1', '1000', '瓦时 Wh'],
    ['MJ', '10', '36', '兆焦'],
  ],
  'energy per time': [
    ['kW·h/a', '1', '1', 'kWh/a kW·h/yr kWh/yr kWh/年 kW·h/年 千瓦时/年'],
    ['kW·h/24h', '365', '1', 'kWh/24h kW·h/d 千瓦时/24小时'],
  ],
  'volume flow': [
    ['m³/h', '1', '1', 'm3/h 立方米/小时 立方米每小时'],
    ['m³/min', '60', '1', 'm3/min 立方米/分钟'],
    ['m³/s', '3600', '1', 'm3/s'],
    ['L/min', '60', '1000', 'l/min 升/分钟 升每分钟'],
    ['L/s', '3600', '1000', 'l/s 升/秒'],
    ['L/h', '1', '1000', 'l/h 升/小时'],
  ],
  // Fuel economy and emissions as vehicle labels print them: 1 mile = 1.609344 km, 1 US gallon = 3.785411784 L (NIST SP 811).
  'distance per volume': [
    ['km/L', '1', '1', 'km/l 公里/升'],
    ['mpg', '1609344000', '3785411784', 'mile/gal'],
  ],
  'mass per distance': [
    ['g/km', '1', '1', '克/公里'],
    ['mg/km', '1', '1000', '毫克/公里'],
    ['g/mi', '1000000', '1609344', 'g/mile'],
  ],
  concentration: [
    ['mg/m³', '1', '1', 'mg/m3 毫克/立方米'],
    ['μg/m³', '1', '1000', 'ug/m3 μg/m3'],
  ],
  'mass concentration in liquid': [
    ['mg/L', '1', '1', 'mg/l 毫克/升'],
    ['μg/L', '1', '1000', 'ug/l μg/l'],
  ],
  'clean air per energy': [['m³/(W·h)', '1', '1', 'm3/(W·h) m3/Wh']],
  'sound level A-weighted': [['dB(A)', '1', '1', 'dBA dB（A）分贝 A声级']],
  'sound level': [['dB', '1', '1', '']],
  'temperature difference': [['K', '1', '1', '开尔文']],
  temperature: [['℃', '1', '1', '°C 摄氏度']],
  pressure: [
    ['Pa', '1', '1', '帕'],
    ['kPa', '1000', '1', '千帕'],
    ['MPa', '1000000', '1', '兆帕'],
  ],
  // As washing machines are graded (GB 12021.4): per programme and kilogram of rated load.
  'energy per cycle and load': [['kW·h/(cycle·kg)', '1', '1', 'kWh/(cycle·kg) kW·h/(次·kg) kW·h/(kg·cycle)']],
  'water per cycle and load': [['L/(cycle·kg)', '1', '1', 'l/(cycle·kg) L/(次·kg) L/(kg·cycle)']],
  'luminous efficacy': [['lm/W', '1', '1', '流明/瓦']],
  voltage: [
    ['V', '1', '1', '伏'],
    ['kV', '1000', '1', '千伏'],
  ],
  current: [
    ['A', '1', '1', '安'],
    ['mA', '1', '1000', '毫安'],
  ],
  frequency: [['Hz', '1', '1', '赫兹']],
  turbidity: [['NTU', '1', '1', '']],
  resistivity: [['Ω·m', '1', '1', '欧米']],
  count: [
    ['次', '1', '1', ''],
    ['个', '1', '1', '件 只 台'],
  ],
  'colonies per mass': [['CFU/g', '1', '1', 'cfu/g']],
  years: [['a', '1', '1', '年 yr']],
  score: [
    ['星', '1', '1', '颗星 star stars'],
    ['分', '1', '1', ''],
  ],
};

/** Unit symbols are compared without spaces, with every dot in one form, and with superscripts as digits. */
function key(symbol: string): string {
  return symbol
    .normalize('NFKC')
    .replace(/[\s]/gu, '')
    .replace(/[⋅∙•*.]/gu, '·')
    .replace(/µ/gu, 'μ');
}

const UNITS: ReadonlyMap<string, Unit> = new Map(
  Object.entries(TABLE).flatMap(([dimension, rows]) =>
    rows.flatMap(([symbol, numerator, denominator, aliases]) => {
      const unit: Unit = { symbol, dimension, numerator, denominator };

      return [symbol, ...aliases.split(' ').filter(Boolean)].map((name): [string, Unit] => [key(name), unit]);
    }),
  ),
);

/** Every unit of the register by its symbol, in the order of the table. */
export const UNIT_SYMBOLS: readonly string[] = [...new Set([...UNITS.values()].map((unit) => unit.symbol))];

export function findUnit(symbol: string): Unit | null {
  // Most are written as the table does, and folding a symbol takes as long as comparing two values.
  return UNITS.get(symbol) ?? UNITS.get(key(symbol)) ?? null;
}

export function parseUnit(symbol: string, at = ''): Result<Unit, Fault> {
  const unit = findUnit(symbol);
  if (unit) return ok(unit);
  return err(
    fault(
      at,
      'unit.unknown',
      symbol,
      text(
        '单位表中的单位，如 m³/h、kW·h/a、dB(A)、%；无量纲写 1',
        'a unit of the table, such as m³/h, kW·h/a, dB(A), %; 1 if there is none',
      ),
      text(
        '请改用表中的写法；表中没有的单位请向平台提出',
        'use the form of the table; ask the platform to add a missing unit',
      ),
    ),
  );
}

/** Compares two quantities exactly, across units of one dimension, by cross-multiplying; never divides. */
export function compareQuantities(a: ExactDecimal, unitA: Unit, b: ExactDecimal, unitB: Unit): number {
  if (unitA === unitB) return a.comparedTo(b);
  refuseOtherDimension(unitA, unitB);
  const left = a.times(unitA.numerator).times(unitB.denominator);
  const right = b.times(unitB.numerator).times(unitA.denominator);
  return left.comparedTo(right);
}

// A declared value has at most 30 digits, and so has what is shown of it.
const SHOWN_DIGITS = 30;

/**
 * A quantity in another unit of the same dimension, as decimal text for showing: exact where the ratio is a finite decimal,
 * else rounded to 30 significant digits (`exact: false`). Throws across dimensions: ask `unit.dimension` before.
 */
export function convertForShowing(
  value: string,
  from: Unit,
  to: Unit,
): { readonly value: string; readonly exact: boolean } {
  if (from === to) return { value, exact: true };
  refuseOtherDimension(from, to);
  const numerator = exact(value).times(from.numerator).times(to.denominator);
  const denominator = exact(from.denominator).times(to.numerator);
  const shown = numerator.div(denominator).toSignificantDigits(SHOWN_DIGITS);
  return { value: shown.toFixed(), exact: shown.times(denominator).eq(numerator) };
}

function refuseOtherDimension(a: Unit, b: Unit): void {
  if (a.dimension !== b.dimension) throw new Error(`${a.symbol} is ${a.dimension}, ${b.symbol} is ${b.dimension}`);
}
