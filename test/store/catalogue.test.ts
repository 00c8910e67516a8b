import { describe, expect, it } from 'vitest';
import { inOrderOfReference, type Table } from '../../src/store/catalogue.ts';

describe('the order of tables', () => {
  const table = (name: string, references: string[]): Table => ({
    name,
    references,
    columns: ['id'],
    primaryKey: ['id'],
    bytes: 0,
  });

  it('puts each after those that it refers to', () => {
    const order = inOrderOfReference([table('c', ['b', 'a']), table('b', ['a']), table('a', [])]);
    expect(order.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });

  it('names the tables of a circle', () => {
    expect(() => inOrderOfReference([table('a', ['b']), table('b', ['a']), table('c', [])])).toThrow('circle: a, b');
  });
});
