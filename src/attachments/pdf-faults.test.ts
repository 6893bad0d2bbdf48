import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { EICAR, mutated, packed, pdf, seeded } from '../../tests/support/files.ts';
import { faultOfPdf } from './pdf-faults.ts';

const stream = (dict: string, body: string) => `<< ${dict} /Length ${body.length} >>\nstream\n${body}\nendstream`;
const hidden = '<< /S /JavaScript /JS (app.alert\\(1\\)) >>';

describe('B-70: a document that shows pages and does nothing is taken', () => {
  test.each([
    ['one page', pdf()],
    ['a hundred pages', pdf('', [], { pages: 100 })],
    ['a page to open at', pdf('/OpenAction [10 0 R /Fit]')],
    ['packed objects that say nothing', pdf('', [packed('<< /Title (FICTIF) >>')])],
    ['words that only look like it', pdf('', ['(about JavaScript)'])],
    ['text about EICAR: that is for the scanner', pdf('', [`(${EICAR})`])],
  ])('%s', (_name, bytes) => {
    expect(faultOfPdf(bytes)).toBeUndefined();
  });
});

describe('B-70: anything else is not', () => {
  test.each([
    ['JavaScript', 'JavaScript', pdf('/OpenAction 4 0 R', [hidden])],
    ['JavaScript, its name written in part as numbers', 'JavaScript', pdf('', ['<< /S /J#61vaScript >>'])],
    ['its short name', 'JS', pdf('', ['<< /#4aS (1) >>'])],
    ['JavaScript in packed objects', 'JavaScript', pdf('', [packed(hidden)])],
    ['the same, the type of the pack not said', 'JavaScript', pdf('', [packed(hidden).replace('/Type /ObjStm', '')])],
    ['the same, its name in numbers', 'JavaScript', pdf('', [packed('<< /S /#4aavaScript >>')])],
    ['a pack behind another filter', 'filter', pdf('', [packed(hidden).replace('/FlateDecode', '/LZWDecode')])],
    ['a pack behind two filters', 'filter', pdf('', [packed(hidden).replace('/FlateDecode', '[/ASCIIHexDecode /FlateDecode]')])],
    ['a pack behind a filter said elsewhere', 'filter', pdf('', [packed(hidden).replace('/FlateDecode', '9 0 R')])],
    ['a pack behind a predictor', 'filter', pdf('', [packed(hidden, '/DecodeParms << /Predictor 12 >>')])],
    ['a pack that unpacks to 100 MB', 'unpacking', pdf('', [stream('/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode', deflateSync(Buffer.alloc(100_000_000)).toString('latin1'))])],
    ['a launch action', 'Launch', pdf('', ['<< /S /Launch /F (cmd.exe) >>'])],
    ['an embedded file', 'EmbeddedFiles', pdf('/Names << /EmbeddedFiles 4 0 R >>', ['<< >>'])],
    ['an embedded file reached by an annotation', 'EF', pdf('', ['<< /EF << /F 5 0 R >> >>'])],
    ['an address', 'URI', pdf('', ['<< /S /URI /URI (https://evil.example) >>'])],
    ['a form that sends', 'SubmitForm', pdf('', ['<< /S /SubmitForm >>'])],
    ['a form of XML', 'XFA', pdf('/AcroForm << /XFA 4 0 R >>', ['<< >>'])],
    ['another document', 'GoToR', pdf('', ['<< /S /GoToR >>'])],
    ['a film', 'Movie', pdf('', ['<< /Subtype /Movie >>'])],
    ['a stream that lies in another file', 'elsewhere', pdf('', [stream('/F (\\\\\\\\evil\\\\x)', 'x')])],
    ['a lock', 'Encrypt', pdf('', ['<< >>'], { trailer: '/Encrypt 4 0 R' })],
    ['10,000 pages', 'pages', pdf('', [], { pages: 10_000 })],
    ['200 packed pages', 'pages', pdf('', [packed('<< /Type /Page >> '.repeat(200))])],
    ['a table that leads to itself', 'xref', pdf('', [], { trailer: '/Prev 0000000000' })],
    ['a table that is not where it is said to be', 'xref', Buffer.concat([Buffer.from('%PDF-1.7\n%moved\n'), pdf().subarray(9)])],
    ['a dictionary that says a thing twice', 'twice', pdf('', ['<< /S /GoTo /S /Thread >>'])],
    ['values 100 deep', 'depth', pdf('', ['['.repeat(100) + ']'.repeat(100)])],
    ['something before it', 'header', Buffer.concat([Buffer.from('<html>'), pdf()])],
    ['something after it', 'tail', Buffer.concat([pdf(), Buffer.from('PK\x03\x04 an archive')])],
    ['only its head', 'tail', pdf().subarray(0, 40)],
  ])('%s', (_name, fault, bytes) => {
    expect(faultOfPdf(bytes)).toBe(fault);
  }); // prettier-ignore

  test('a table whose chain is a ring', () => {
    const text = pdf().toString('latin1');
    const at = /startxref\n(\d+)/.exec(text)?.[1] ?? '';
    expect(faultOfPdf(Buffer.from(text.replace('/Root 1 0 R', `/Root 1 0 R /Prev ${at}`), 'latin1'))).toBe('xref');
  });

  test('T-35: signs that make a reader go back and forth cost no time', () => {
    for (const filler of ['1 0 ', '<<', '[', '(', '/', '1', '%', '<', '\\', 'obj ', '1 0 obj ', '/#']) {
      const long = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.from(filler.repeat(200_000)), pdf().subarray(9)]);
      const start = process.cpuUsage();
      faultOfPdf(long);
      const { user, system } = process.cpuUsage(start);
      expect({ filler, slow: (user + system) / 1_000 > 3_000 }).toEqual({ filler, slow: false });
    }
  });
});

test('B-68: 1,000 mutations of a document break nothing, and none of them hides what it holds', () => {
  const random = seeded(68);
  const clean = pdf('/OpenAction [10 0 R /Fit]', [packed('<< /Title (FICTIF) >>')]);
  const evil = pdf('/OpenAction 4 0 R', [hidden]);
  for (let round = 0; round < 1_000; round += 1) {
    faultOfPdf(mutated(clean, random));
    const bytes = mutated(evil, random);
    if (bytes.includes('/JavaScript')) expect(faultOfPdf(bytes)).toBeDefined();
  }
});
