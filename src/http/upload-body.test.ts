import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { readUpload } from './upload-body.ts';

const MAX = 1_000_000;
const app = new Hono().post('/', async (c) =>
  c.json(shown(await readUpload(c, { one: ['form'], files: 'files' }, MAX))),
);

function shown(body: Awaited<ReturnType<typeof readUpload>>) {
  const files = body.files.map(({ name, bytes }) => [name, bytes.toString('latin1').slice(0, 20)]);
  return body.ok ? { fields: body.fields, files } : { status: body.status, files };
}

const TYPE = 'multipart/form-data; boundary=x';
async function post(body: string | Uint8Array<ArrayBuffer>, type = TYPE) {
  const answer = await app.request('/', { method: 'POST', headers: { 'content-type': type }, body });
  return answer.json();
}
const part = (head: string, body: string) => `--x\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}\r\n`;

test('fields and files are read; a field left empty is no file', async () => {
  const body = `${part('name="form"', 'abc')}${part('name="files"; filename="a b.jpg"', 'JPEG')}${part('name="files"; filename=""', '')}--x--\r\n`;
  expect(await post(body)).toEqual({ fields: { form: 'abc' }, files: [['a b.jpg', 'JPEG']] });
});

describe('B-21, T-23: what is not asked', () => {
  test.each([
    ['another field', part('name="state"', 'checked')],
    ['a field twice', part('name="form"', 'a') + part('name="form"', 'b')],
    ['a file where a text is asked', part('name="form"; filename="x"', 'y')],
    ['a text where a file is asked', part('name="files"', 'y')],
    ['a name that means something', part('name="__proto__"', 'y')],
  ])('%s', async (_name, parts) => {
    expect(await post(`${parts}--x--\r\n`)).toMatchObject({ status: 422 });
  });
});

describe('B-25, B-26: what is no such form, or too much of one', () => {
  test.each([
    ['no type', '', '--x--', 415],
    ['text/plain', 'text/plain', '--x--', 415],
    ['multipart/mixed', 'multipart/mixed; boundary=x', '--x--', 415],
    ['no boundary', 'multipart/form-data', '--x--', 415],
    ['two boundaries', 'multipart/form-data; boundary=x; boundary=y', '--x--', 415],
    ['a boundary of 5,000 signs', `multipart/form-data; boundary=${'x'.repeat(5_000)}`, '--x--', 415],
    ['without an end', TYPE, part('name="form"', 'a'), 400],
    ['an end inside a part only', TYPE, '--x\r\nContent-Disposition: form-data; name="form"', 400],
    ['nothing at all', TYPE, '', 400],
    ['10,000 empty parts', TYPE, '--x\r\n\r\n\r\n'.repeat(10_000), 413],
    ['10,000 whole parts', TYPE, `${part('name="form"', 'a').repeat(10_000)}--x--`, 413],
    ['a part header of 1 MB', TYPE, `--x\r\nX: ${'y'.repeat(1_000_000)}\r\n\r\n\r\n--x--`, 413],
    ['a part header of 2 kB', TYPE, `--x\r\nContent-Disposition: form-data; name="form"\r\nX: ${'y'.repeat(2_000)}\r\n\r\na\r\n--x--`, 413],
    ['a nested form', TYPE, '--x\r\nContent-Type: multipart/mixed; boundary=y\r\n\r\n--y--\r\n--x--', 400],
    ['too many bytes', TYPE, `${part('name="files"; filename="a"', 'z'.repeat(MAX + 70_000))}--x--`, 413],
  ])('%s', async (_name, type, body, status) => {
    expect(await post(body, type)).toEqual({ status, files: [] });
  }); // prettier-ignore

  test('the type is read in capitals and with quotes', async () => {
    for (const type of ['Multipart/Form-Data; Boundary=x', 'multipart/form-data; boundary="x"'])
      expect(await post(`${part('name="form"', 'a')}--x--`, type)).toEqual({ fields: { form: 'a' }, files: [] });
  });

  test('B-74: a body cut on its way is 400', async () => {
    for (const tenth of [0, 1, 5, 9]) {
      const bytes = new TextEncoder().encode(`${part('name="files"; filename="a"', 'z'.repeat(50_000))}--x--`);
      const cut = new ReadableStream({
        pull(controller) {
          controller.enqueue(bytes.subarray(0, (bytes.length * tenth) / 10));
          controller.error(new Error('aborted'));
        },
      });
      const request = new Request('http://localhost/', { method: 'POST', headers: { 'content-type': TYPE }, body: cut, duplex: 'half' });
      expect(await (await app.request(request)).json()).toEqual({ status: 400, files: [] });
    }
  }); // prettier-ignore
});

describe('C-7: as many at once as there is room for', () => {
  const sizes = { small: 2_000, large: 64_001 };
  const sent = (length: number | undefined, body: string | ReadableStream) =>
    new Request('http://localhost/', {
      method: 'POST',
      headers: { 'content-type': TYPE, ...(length === undefined ? {} : { 'content-length': String(length) }) },
      body,
      duplex: 'half',
    });
  const statusOf = async (request: Request) =>
    ((await (await app.request(request)).json()) as { status?: number }).status;
  const whole = `${part('name="form"', 'abc')}--x--\r\n`;

  test('large ones and ones that say no size take a place; a message does not, and is read while all are taken', async () => {
    const ends: (() => void)[] = [];
    const slow = Array.from({ length: 8 }, (_, n) => {
      const body = new ReadableStream({ start: (controller) => void ends.push(() => controller.close()) });
      return app.request(sent(n % 2 ? sizes.large : undefined, body));
    });
    const message = new ReadableStream({ start: (controller) => void ends.push(() => controller.close()) });
    const slowMessage = app.request(sent(sizes.small, message));
    expect(await statusOf(sent(sizes.large, whole))).toBe(503);
    expect(await statusOf(sent(undefined, whole))).toBe(503);
    expect(await statusOf(sent(whole.length, whole))).toBeUndefined();
    // Whoever says little and sends much is cut off at little.
    expect(await statusOf(sent(sizes.small, part('name="files"; filename="a"', 'z'.repeat(70_000))))).toBe(413);
    for (const end of ends) end();
    await Promise.all([...slow, slowMessage]);
    expect(await statusOf(sent(sizes.large, whole))).toBeUndefined();
  });
});

test('B-78: two names, and names in bad charsets, do no more than be a name or be refused', async () => {
  for (const head of [
    'name="files"; filename="a.jpg"; filename="b.exe"',
    'name="files"; filename="a.jpg"; filename*=utf-8\'\'b.exe',
    'name="files"; filename*=nonsense\'\'%FF%FE',
    'name="files"; filename="a\\"b.jpg"',
    'name="files"; filename="\xff\xfe"',
  ]) {
    const read: unknown = await post(new Uint8Array(Buffer.from(`${part(head, 'JPEG')}--x--`, 'latin1')));
    expect(JSON.stringify(read)).toMatch(/"JPEG"|"status":4/);
  }
});

test('T-35: hostile forms cost little', async () => {
  for (const body of ['--x'.repeat(300_000), '\r\n'.repeat(500_000), `--x\r\n${'a'.repeat(900)}`.repeat(1_000)]) {
    const start = process.cpuUsage();
    await post(body);
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1_000).toBeLessThan(500);
  }
});
