import { describe, expect, it } from 'vitest';
import { checkPdf } from '../../src/formats/pdf/check-pdf.ts';
import { objectStream, pdf } from '../support/pdf.ts';

const SCRIPT = '<< /S /JavaScript /JS (app.alert\\(1\\)) >>';

describe('a standard text', () => {
  it('tells its pages and whether it has text to search', async () => {
    expect(await checkPdf(pdf({ pages: 3 }))).toEqual({ ok: true, value: { pages: 3, hasTextLayer: true } });
    expect(await checkPdf(pdf({ text: '' }))).toEqual({ ok: true, value: { pages: 1, hasTextLayer: false } });
    expect(await checkPdf(pdf({ objects: [objectStream('<< /Producer (x) >>')] }))).toMatchObject({ ok: true });
  });

  const good = pdf();
  it.each([
    ['another kind of file', Buffer.from('PK\u0003\u0004'), 'text.magic'],
    ['a web page', Buffer.from('<html>%PDF-1.7 %%EOF'), 'text.magic'],
    ['nothing', Buffer.from(''), 'text.magic'],
    ['a file that is cut off', good.subarray(0, good.length - 20), 'text.incomplete'],
    ['a header and an end alone', Buffer.from('%PDF-1.7\n%%EOF'), 'text.structure'],
    [
      'pages that lead nowhere',
      Buffer.from(good.toString('latin1').replace('/Pages 2 0 R', '/Pages 9 0 R'), 'latin1'),
      'text.structure',
    ],
    ['encryption', pdf({ trailer: '/Encrypt << /Filter /Standard /V 1 /R 2 >>' }), 'text.encrypted'],
    ['JavaScript at its opening', pdf({ catalog: `/OpenAction ${SCRIPT}` }), 'text.javascript'],
    ['JavaScript written with escapes', pdf({ catalog: '/OpenAction << /S /J#61v#61Script >>' }), 'text.javascript'],
    ['JavaScript in a compressed object', pdf({ objects: [objectStream(SCRIPT)] }), 'text.javascript'],
    [
      'JavaScript in a stream whose name is escaped',
      pdf({ objects: [objectStream(SCRIPT).replace('/ObjStm', '/Obj#53tm')] }),
      'text.javascript',
    ],
    [
      'objects compressed in a way that hides them',
      pdf({ objects: [objectStream(SCRIPT, '/Filter [/ASCII85Decode /FlateDecode]')] }),
      'text.structure',
    ],
    [
      'an object stream that cannot be inflated',
      pdf({ objects: [objectStream('<< >>').replace('stream\n', 'stream\nx')] }),
      'text.structure',
    ],
    ['an action that launches a program', pdf({ catalog: '/OpenAction << /S /Launch /F (cmd.exe) >>' }), 'text.launch'],
    ['a file inside', pdf({ catalog: '/Names << /EmbeddedFiles << /Names [] >> >>' }), 'text.embedded-file'],
    ['media inside', pdf({ objects: ['<< /Subtype /RichMedia >>'] }), 'text.embedded-file'],
  ] as const)('is refused with %s', async (_, bytes, code) => {
    expect(await checkPdf(bytes)).toMatchObject({ ok: false, problem: { code } });
  });

  it('that inflates without end is refused, and the process goes on', async () => {
    const bomb = objectStream(' '.repeat(64 * 1024 * 1024));
    expect(await checkPdf(pdf({ objects: [bomb] }))).toMatchObject({ ok: false, problem: { code: 'text.structure' } });
  });

  it('of 20 MiB and 300 pages is looked at in seconds, several at once', async () => {
    const noise = Buffer.alloc(19 * 1024 * 1024, 'q 1 0 0 1 0 0 cm ').toString('latin1');
    const large = pdf({ pages: 300, objects: [`<< /Length ${noise.length} >>\nstream\n${noise}\nendstream`] });
    const started = performance.now();
    const answers = await Promise.all([large, large, large].map((bytes) => checkPdf(bytes)));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(performance.now() - started).toBeLessThan(20_000);
  }, 30_000);
});
