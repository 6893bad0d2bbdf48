import { expect, test } from 'vitest';
import { acceptedOrigins } from '../http/origin.ts';
import { townOrigin } from './town-origin.ts';

const ORIGIN = 'https://mediation.example';

test.each([
  ['one town, no names of its own', [], ORIGIN],
  ['the installation’s own name', ['mediation.example'], ORIGIN],
  ['a name of its own', ['mediation.valriviere.example', 'mv.example'], 'https://mediation.valriviere.example'],
])('where a town is reached: %s', (_what, hosts, origin) => {
  expect(townOrigin(ORIGIN, hosts)).toBe(origin);
});

test('T-22: forms are accepted from the names of every town, under the installation’s scheme, and from loopback in demo only', () => {
  const hosts = ['a.example', 'b.example:8443'];
  expect(acceptedOrigins(false, 3000, ORIGIN, hosts)).toEqual([ORIGIN, 'https://a.example', 'https://b.example:8443']);
  expect(acceptedOrigins(false, 3000, undefined, hosts)).toEqual([]);
  expect(acceptedOrigins(true, 3000, undefined, [])).toEqual([
    'http://localhost:3000',
    'http://127.0.0.1:3000',
    'http://[::1]:3000',
  ]);
});
