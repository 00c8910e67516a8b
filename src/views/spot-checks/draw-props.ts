import type { DrawPlan } from '../../domain/spot-checks/plan.ts';
import type { DrawState, Verdict } from '../../domain/spot-checks/vocabulary.ts';
import type { Frame } from '../frame.ts';

export interface ShownFile {
  readonly name: string;
  readonly n: number;
  readonly sha256: string;
  readonly size: number;
}

export interface ShownObject {
  readonly object: string;
  readonly stratum: string;
  readonly rank: number;
  readonly inspectors: readonly string[];
  /** Of the declaration drawn; null where it cannot be read. */
  readonly enterprise: { readonly code: string; readonly name: string } | null;
  readonly number: string | null;
  readonly finding: { readonly verdict: Verdict; readonly codes: readonly string[] } | null;
}

export interface DrawProps {
  readonly frame: Frame;
  readonly id: string;
  readonly title: string;
  readonly state: DrawState;
  readonly regulator: { readonly name: string; readonly invented: boolean };
  readonly plan: DrawPlan;
  readonly planSha256: string;
  readonly entropyNotBefore: Date;
  /** The outcome of the public event, once it is entered. */
  readonly entropy: string | null;
  readonly entropyNote: string | null;
  readonly voidReason: string | null;
  readonly voidBefore: number;
  readonly logged: { readonly plan: number | null; readonly seed: number | null; readonly result: number | null };
  readonly files: readonly ShownFile[];
  readonly objects: readonly ShownObject[];
  readonly drawn: number;
  readonly hasFindings: boolean;
  readonly previous: string | null;
  readonly next: string | null;
  /** Of the program that runs the draw again in the browser, in kB; null where it is not built. */
  readonly verifier: { readonly worker: string; readonly kilobytes: number } | null;
}
