import { expect, test } from 'vitest';
import { readablePhone } from './readable-phone.ts';

test('a French number is read in pairs, another one as it was written', () => {
  expect(readablePhone('+33612345678')).toBe('06\u00a012\u00a034\u00a056\u00a078');
  expect(readablePhone('+4915123456789')).toBe('+4915123456789');
});
