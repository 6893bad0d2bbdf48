import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net';
import type { Context } from 'hono';

/**
 * Who a request comes from, as limits count it: the other end of the connection, or, when that is one of our own proxies, the nearest
 * address in X-Forwarded-For that is none of them (v5.0.0-4.1.3, 15.3.4). A header from anybody else is never read.
 * @param trustedProxies addresses and networks (`10.0.0.7`, `10.1.0.0/16`, `fd00::/8`). @throws RangeError for anything else.
 */
export function clientAddress(trustedProxies: readonly string[] = []): (c: Context) => string {
  const ours = proxyList(trustedProxies);
  const isOurs = (address: string) => ours.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
  return (c) => {
    const peer = withoutZone(peerOf(c) ?? '');
    if (isIP(peer) === 0) return 'unknown';
    let nearest = peer;
    const hops = isOurs(peer) ? (c.req.header('x-forwarded-for') ?? '').split(',') : [];
    for (const hop of hops.toReversed()) {
      const address = withoutZone(hop.trim());
      if (isIP(address) === 0) break;
      nearest = address;
      if (!isOurs(address)) break;
    }
    return sourceOf(nearest);
  };
}

function proxyList(entries: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', prefix] = entry.split('/');
    const family = isIPv4(address) ? 'ipv4' : isIPv6(address) ? 'ipv6' : undefined;
    const bits = prefix === undefined ? undefined : Number(prefix);
    if (!family || (bits !== undefined && !/^\d{1,3}$/.test(prefix ?? ''))) throw new RangeError('not an address');
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, bits, family);
  }
  return list;
}

/** One name for one source, however it is written: an IPv4 address (mapped ones too), or the /64 network of an IPv6 address. */
export function sourceOf(address: string): string {
  if (isIPv4(address)) return address;
  if (!isIPv6(address)) return 'unknown';
  const groups = groupsOf(new URL(`http://[${address}]`).hostname.slice(1, -1));
  const [high, low] = groups.slice(6);
  const isMapped = groups.slice(0, 6).join(':') === '0:0:0:0:0:ffff';
  if (isMapped && high !== undefined && low !== undefined) return [...bytesOf(high), ...bytesOf(low)].join('.');
  return `${groups.slice(0, 4).join(':')}::/64`;
}

/** The eight groups of a canonical IPv6 address. */
function groupsOf(address: string): string[] {
  const [start = '', end] = address.split('::');
  const before = start === '' ? [] : start.split(':');
  if (end === undefined) return before;
  const after = end === '' ? [] : end.split(':');
  return [...before, ...Array.from({ length: 8 - before.length - after.length }, () => '0'), ...after];
}

function bytesOf(group: string): [number, number] {
  const value = Number.parseInt(group, 16);
  return [value >> 8, value & 255];
}

function withoutZone(address: string): string {
  return address.replace(/%.*$/, '');
}

/** @hono/node-server hands the request over; a request that came over no connection has none. */
function peerOf(c: Context): string | undefined {
  // What the server passes as bindings; everything is optional because tests may pass nothing.
  const bindings = c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined;
  return bindings?.incoming?.socket?.remoteAddress;
}
