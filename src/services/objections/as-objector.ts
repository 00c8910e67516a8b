import { sha256Hex } from '../../domain/bytes.ts';
import type { Acting } from '../../store/database.ts';
import { actingAs, type ServiceContext } from '../context.ts';

/** Whoever holds the secret of an objection is let in by row security as the one who objects; without one, as they are. */
export function asObjector(context: ServiceContext, secret: string | null): Acting {
  const acting = actingAs(context);
  return secret === null ? acting : { ...acting, owner: `objection:${sha256Hex(secret)}` };
}
