import type { Logger } from 'pino';
import type { RegisterKind } from '../domain/register.ts';
import type { Database } from '../services/context.ts';
import type { Limits } from './security.ts';

/** What the HTTP floor is given by the process that serves it. */
export interface AppSettings {
  readonly database: Database;
  readonly logger: Logger;
  readonly registerKind: RegisterKind;
  readonly publicUrl: string;
  readonly cookieSecure: boolean;
  readonly trustProxy: readonly string[];
  readonly limits: Limits;
  readonly site: { readonly operatorName: string | null; readonly icp: string | null; readonly contact: string | null };
  /** False while the process is stopping or the database is away; then it is taken out of the load balancer. */
  readonly isReady: () => Promise<boolean>;
}
