// biome-ignore-all format: 25 lines that a lawyer's clerk can check. node redraw.mjs DIR > result.tsv (rd1 §1.4)
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
const path = (name) => `${process.argv[2]}/${name}`;
const read = (name) => (existsSync(path(name)) ? readFileSync(path(name), 'latin1') : '');
const rows = (name) => read(name).split('\n').filter(Boolean).map((line) => line.split('\t'));
const sha256 = (text) => createHash('sha256').update(text, 'latin1').digest('hex');
const ticket = (kind, key) => BigInt(`0x${sha256(`${seed}\n${kind}\n${key}\n`)}`);
const compare = (a, b) => (a < b ? -1 : Number(a > b));
const { take, perObject = 2 } = JSON.parse(read('plan.json'));
const seed = sha256(read('seed.txt'));
const [avoid, recuse] = ['avoid.tsv', 'recuse.tsv'].map((name) => new Set(read(name).split('\n')));
const excluded = new Set(rows('exclude.tsv').map(([id]) => id));
const roster = rows('roster.tsv').map(([name, strata]) => ({ name, strata: strata.split(','), load: 0 }));
const frame = rows('frame.tsv').map(([s, w, id]) => ({ s, id, w: BigInt(w), t: ticket('object', id) }));
const strata = Object.keys(take).sort(compare).map((s) => frame.filter((unit) => unit.s === s)
  .sort((a, b) => compare(a.t * b.w, b.t * a.w) || compare(a.id, b.id)).map((unit, i) => ({ ...unit, rank: i + 1 })));
const candidates = ({ s, id }) => roster.filter((p) => (p.strata.includes('*') || p.strata.includes(s)) && !avoid.has(`${id}\t${p.name}`))
  .map((p) => ({ p, load: p.load, t: ticket('inspector', `${id}\t${p.name}`) }))
  .sort((a, b) => a.load - b.load || compare(a.t, b.t) || compare(a.p.name, b.p.name)).map(({ p }) => p);
for (const unit of strata.flatMap((units) => units.filter(({ s, rank }) => rank <= take[s])))
  for (const p of (unit.order = candidates(unit)).slice(0, perObject)) p.load++;
for (const unit of strata.flatMap((units) => units.filter(({ id }) => !excluded.has(id)).slice(0, take[units[0]?.s]))) {
  const names = (unit.order ?? candidates(unit)).map(({ name }) => name).filter((name) => !recuse.has(`${unit.id}\t${name}`));
  console.log([unit.s, unit.rank, unit.id, ...names.slice(0, perObject)].join('\t')); }
