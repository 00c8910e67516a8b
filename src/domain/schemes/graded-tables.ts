import expressDelivery from './tables/express-delivery.json' with { type: 'json' };
import faucet from './tables/faucet.json' with { type: 'json' };
import fridge from './tables/fridge.json' with { type: 'json' };
import gasHob from './tables/gas-hob.json' with { type: 'json' };
import gasWaterHeater from './tables/gas-water-heater.json' with { type: 'json' };
import ledDownlight from './tables/led-downlight.json' with { type: 'json' };
import roomAcCooling from './tables/room-ac-cooling.json' with { type: 'json' };
import roomAcHeatpump from './tables/room-ac-heatpump.json' with { type: 'json' };
import shower from './tables/shower.json' with { type: 'json' };
import toilet2017 from './tables/toilet-2017.json' with { type: 'json' };
import washerDrum from './tables/washer-drum.json' with { type: 'json' };
import waterPurifier2016 from './tables/water-purifier-2016.json' with { type: 'json' };
import waterPurifier2021 from './tables/water-purifier-2021.json' with { type: 'json' };
import woodPanelHcho from './tables/wood-panel-hcho.json' with { type: 'json' };
import { Scheme } from './scheme.ts';

/** A grade table of a national standard, as a scheme to begin from. Each threshold says whether it was checked against the text. */
export interface GradedTable {
  readonly id: string;
  readonly scheme: Scheme;
  /** The standard that took its place; the table then shows how grades moved, and is no start for a new scheme. */
  readonly supersededBy: string | null;
}

const TABLES: readonly (readonly [id: string, document: unknown, supersededBy?: string])[] = [
  ['wood-panel-hcho', woodPanelHcho],
  ['room-ac-heatpump', roomAcHeatpump],
  ['room-ac-cooling', roomAcCooling],
  ['fridge', fridge],
  ['washer-drum', washerDrum],
  ['water-purifier-2021', waterPurifier2021],
  ['water-purifier-2016', waterPurifier2016, 'GB 34914-2021'],
  ['gas-water-heater', gasWaterHeater],
  ['gas-hob', gasHob],
  ['led-downlight', ledDownlight],
  ['toilet-2017', toilet2017, 'GB 25502-2024'],
  ['faucet', faucet],
  ['shower', shower],
  ['express-delivery', expressDelivery],
];

/** The tables that ship with the register, in the order of their categories. */
export function gradedTables(): readonly GradedTable[] {
  return TABLES.map(([id, document, supersededBy = null]) => ({ id, scheme: Scheme.parse(document), supersededBy }));
}
