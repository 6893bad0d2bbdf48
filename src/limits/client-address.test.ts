import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { clientAddress, sourceOf } from './client-address.ts';

async function seen(proxies: string[], peer: string | undefined, forwarded?: string): Promise<string> {
  const of = clientAddress(proxies);
  const app = new Hono().get('/', (c) => c.text(of(c)));
  const headers: Record<string, string> = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  const answer = await app.request('/', { headers }, { incoming: { socket: { remoteAddress: peer } } });
  return answer.text();
}

describe('one name for one source', () => {
  test.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::FFFF:c000:207', '192.0.2.7'],
    ['2001:db8:1:2:aaaa:bbbb:cccc:dddd', '2001:db8:1:2::/64'],
    ['2001:DB8:0001:0002::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['010.0.0.1', 'unknown'],
    ['0x7f.1', 'unknown'],
    ['evil', 'unknown'],
  ])('%s is %s', (address, source) => {
    expect(sourceOf(address)).toBe(source);
  });
});

describe('v5.0.0-4.1.3: the header of a client that is no proxy of ours is never read', () => {
  test('without proxies the other end of the connection counts', async () => {
    expect(await seen([], '192.0.2.7', '203.0.113.9')).toBe('192.0.2.7');
    expect(await seen(['10.0.0.0/8'], '192.0.2.7', '203.0.113.9')).toBe('192.0.2.7');
    expect(await seen([], undefined, '203.0.113.9')).toBe('unknown');
    expect(await seen([], 'fe80::1%eth0')).toBe('fe80:0:0:0::/64');
  });

  test('behind a proxy of ours the nearest address that is not ours counts, whatever the client wrote before it', async () => {
    expect(await seen(['10.0.0.0/8'], '10.0.0.1', '203.0.113.9')).toBe('203.0.113.9');
    expect(await seen(['10.0.0.0/8'], '::ffff:10.0.0.1', '1.1.1.1, 203.0.113.9, 10.2.2.2')).toBe('203.0.113.9');
    expect(await seen(['fd00::/8'], 'fd00::1', '2001:db8:1:2::9')).toBe('2001:db8:1:2::/64');
  });

  test('what is no address ends the search: the proxy itself is then the source', async () => {
    expect(await seen(['10.0.0.1'], '10.0.0.1')).toBe('10.0.0.1');
    expect(await seen(['10.0.0.1'], '10.0.0.1', '1.1.1.1, evil')).toBe('10.0.0.1');
    expect(await seen(['10.0.0.1'], '10.0.0.1', ',,,')).toBe('10.0.0.1');
  });

  test('a proxy that is no address is refused at start', () => {
    expect(() => clientAddress(['10.0.0.0/x'])).toThrow(RangeError);
    expect(() => clientAddress(['10.0.0.0/33'])).toThrow(RangeError);
    expect(() => clientAddress(['proxy.internal'])).toThrow(RangeError);
  });
});
