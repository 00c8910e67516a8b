import { randomBytes } from 'node:crypto';
import { columnName } from '../../src/domain/imports/sheet.ts';
import { type PackedPart, packPart, writeZip } from '../../src/formats/zip.ts';
import { MAIN, PACKAGE, RELATIONS, XML } from '../../src/formats/xml-text.ts';

const MIB = 1024 * 1024;
const TYPES = `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`;
const WORKBOOK = `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>`;
const RELS = `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`;

const sheetOf = (rows: string) => `${XML}<worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`;
const text = (at: string, value: string) => `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`;
const noise = (bytes: number) => randomBytes(Math.ceil((bytes * 3) / 4)).toString('base64url');

/** A workbook whose parts are those of a sound one, where none is given. */
async function workbook(parts: Readonly<Record<string, string>>, more: readonly PackedPart[] = []): Promise<Buffer> {
  const all = {
    '[Content_Types].xml': TYPES,
    'xl/workbook.xml': WORKBOOK,
    'xl/_rels/workbook.xml.rels': RELS,
    'xl/worksheets/sheet1.xml': sheetOf(`<row r="1">${text('A1', '标准编号')}</row>`),
    ...parts,
  };
  const packed = await Promise.all(Object.entries(all).map(([name, content]) => packPart(name, content)));
  return writeZip([...packed, ...more]);
}

const sheet = (source: string) => workbook({ 'xl/worksheets/sheet1.xml': source });

/** Changes bytes of every header of an entry: local at `local`, in the directory at `local` + 2 behind two more bytes. */
async function withFlag(flag: number): Promise<Buffer> {
  const file = await workbook({});
  for (let at = 0; (at = file.indexOf('PK\u0003\u0004', at, 'latin1')) !== -1; at += 4) file[at + 6] = flag;
  for (let at = 0; (at = file.indexOf('PK\u0001\u0002', at, 'latin1')) !== -1; at += 4) file[at + 8] = flag;
  return file;
}

async function withSymlink(): Promise<Buffer> {
  const file = await workbook({ 'xl/link': '/etc/passwd' });
  // The last entry of the directory; the upper half of its attributes is its Unix mode.
  const at = file.lastIndexOf('PK\u0001\u0002', undefined, 'latin1');
  file.writeUInt32LE((0o120777 << 16) >>> 0, at + 38);
  return file;
}

/** A part that says it is small, and is not. */
async function lying(): Promise<Buffer> {
  const part = await packPart('xl/worksheets/sheet1.xml', sheetOf(' '.repeat(300 * MIB)));
  return workbook({}, []).then(async () => {
    const [types, book, rels] = await Promise.all([
      packPart('[Content_Types].xml', TYPES),
      packPart('xl/workbook.xml', WORKBOOK),
      packPart('xl/_rels/workbook.xml.rels', RELS),
    ]);
    return writeZip([types, book, rels, { ...part, size: 1000 }]);
  });
}

function wideRow(columns: number): string {
  return `<row r="1">${Array.from({ length: columns }, (_, i) => `<c r="${columnName(i)}1"><v>${(i * 7919) % 100_003}</v></c>`).join('')}</row>`;
}

function deepTags(count: number): string {
  return Array.from({ length: count }, () => `<a${noise(6).replace(/^[-\d]/u, 'x')}>`).join('');
}

/** Each hostile workbook with the code that it must be refused by. */
export const HOSTILE_WORKBOOKS: Readonly<Record<string, readonly [make: () => Promise<Buffer>, code: string]>> = {
  'a bomb of 300 MiB by its directory': [() => sheet(sheetOf(' '.repeat(300 * MIB))), 'file.bomb'],
  'a bomb below 200 MiB, packed 1000 times': [() => sheet(sheetOf('<row/>'.repeat(8 * MIB))), 'file.bomb'],
  'a bomb whose directory lies': [lying, 'file.damaged'],
  'a million columns': [() => sheet(sheetOf(wideRow(1_000_000))), 'file.columns'],
  'a cell of 9 MiB': [() => sheet(sheetOf(`<row r="1">${text('A1', noise(9 * MIB))}</row>`)), 'file.xml'],
  'a cell of 40,000 characters': [() => sheet(sheetOf(`<row r="1">${text('A1', noise(40_000))}</row>`)), 'file.cell'],
  'ten thousand rows': [
    () =>
      sheet(
        sheetOf(
          Array.from({ length: 10_000 }, (_, i) => `<row r="${i + 1}">${text(`A${i + 1}`, noise(20))}</row>`).join(''),
        ),
      ),
    'file.rows|column',
  ],
  'twelve megabytes': [() => workbook({ 'xl/media/a.bin': noise(16 * MIB) }), 'file.too-large'],
  'a million tags in each other': [() => sheet(sheetOf(deepTags(1_000_000))), 'file.xml'],
  'entities of its own (billion laughs)': [
    () =>
      sheet(
        `<!DOCTYPE a [<!ENTITY b "${'x'.repeat(1000)}"><!ENTITY c "&b;&b;&b;">]>${sheetOf('<row><c><v>&c;</v></c></row>')}`,
      ),
    'file.xml',
  ],
  'a macro': [() => workbook({ 'xl/vbaProject.bin': 'macro' }), 'file.macro'],
  'a macro by its type': [
    () =>
      workbook({
        '[Content_Types].xml': TYPES.replace('application/xml', 'application/vnd.ms-excel.sheet.macroEnabled.main+xml'),
      }),
    'file.macro',
  ],
  'an old macro sheet': [() => workbook({ 'xl/macrosheets/sheet1.xml': 'x' }), 'file.macro'],
  'an external link': [() => workbook({ 'xl/externalLinks/externalLink1.xml': 'x' }), 'file.external-link'],
  'data from elsewhere': [() => workbook({ 'xl/connections.xml': 'x' }), 'file.external-link'],
  'a picture from elsewhere': [
    () =>
      workbook({
        'xl/worksheets/_rels/sheet1.xml.rels': `<Relationships><Relationship Id="r" Type="${RELATIONS}/image" Target="http://a.invalid/b.png" TargetMode="External"/></Relationships>`,
      }),
    'file.external-link',
  ],
  'an embedded program': [() => workbook({ 'xl/embeddings/oleObject1.bin': 'x' }), 'file.embedded'],
  'a password': [() => withFlag(0x09), 'file.encrypted'],
  'a symbolic link': [withSymlink, 'file.structure'],
  'a way out of its folder': [() => workbook({ '../../etc/passwd': 'x' }), 'file.damaged'],
  'three thousand parts': [
    () => workbook(Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`xl/${i}.xml`, ''] as const))),
    'file.entries',
  ],
  'a part twice': [async () => workbook({}, [await packPart('xl/workbook.xml', WORKBOOK)]), 'file.structure'],
  'no workbook': [async () => writeZip([await packPart('[Content_Types].xml', TYPES)]), 'file.structure'],
  'no sheet': [() => workbook({ 'xl/workbook.xml': WORKBOOK.replace(/<sheet .*?\/>/u, '') }), 'file.structure'],
  'half of its bytes': [async () => (await workbook({ 'xl/a.bin': noise(10_000) })).subarray(0, 6000), 'file.damaged'],
  'no XML in its sheet': [() => sheet('not <xml'), 'file.xml'],
  'nothing but noise behind its first bytes': [
    async () => Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), randomBytes(100_000)]),
    'file.damaged',
  ],
};
