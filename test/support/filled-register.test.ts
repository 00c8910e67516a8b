import { afterAll, expect, test } from 'vitest';
import { readEdition } from '../../src/services/rankings/read-list.ts';
import { readDraw } from '../../src/services/spot-checks/read-draw.ts';
import { buildRegister, type FilledRegister } from './filled-register.ts';

let register: FilledRegister | undefined;
afterAll(() => register?.close());

test('a filled register has a graded list, a tiered list, a drawn draw and a published finding', async () => {
  register = await buildRegister();
  const { database, graded, tiered, draw } = register;
  expect((await readEdition(database, graded.list, 1)).head).toMatchObject({ overall: true, entries: 10, excluded: 2 });
  expect((await readEdition(database, tiered.list, 1)).head).toMatchObject({
    overall: false,
    entries: 11,
    excluded: 1,
  });
  const read = await readDraw(database, { kind: 'public', address: '' }, draw);
  expect(read.objects).toHaveLength(4);
  expect(read.findings.map((finding) => finding.state)).toEqual(['published']);
});
