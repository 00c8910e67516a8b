import type { ObjectionObject } from '../../domain/objections/object.ts';
import type { Transaction } from '../../store/database.ts';
import { findObjectedForerunner } from '../../store/forerunner-editions.ts';
import {
  findObjectedDraw,
  findObjectedList,
  findObjectedScheme,
  type ObjectedThing,
} from '../../store/objection-objects.ts';

/** Looks up what an objection is about; null where there is no such public thing. */
export async function findObjected(db: Transaction['db'], object: ObjectionObject): Promise<ObjectedThing | null> {
  switch (object.kind) {
    case 'list-row':
      return findObjectedList(db, object.list, object.edition, object.declaration);
    case 'list':
      return findObjectedList(db, object.list, object.edition, null);
    case 'scheme':
      return findObjectedScheme(db, object.scheme, object.version);
    case 'draw':
      return findObjectedDraw(db, object.draw);
    case 'forerunner':
      return findObjectedForerunner(db, object.forerunner, object.edition, object.declaration);
  }
}
