import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { assetTable } from '../ui/asset-table.ts';
import { assetUrl, assets } from './assets.ts';

const app = assets();

describe('assets', () => {
  it('are kept for good under an address made of their content', async () => {
    for (const asset of Object.values(assetTable)) {
      const answer = await app.request(asset.url);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(answer.headers.get('content-type')).toBe(asset.type);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(Buffer.from(await answer.arrayBuffer()).equals(asset.body)).toBe(true);
    }
  });

  it('come shorter when the browser accepts it, except fonts', async () => {
    const headers = { 'accept-encoding': 'gzip, deflate, br' };
    const sheet = await app.request(assetUrl('public.css'), { headers });
    expect(sheet.headers.get('content-encoding')).toBe('br');
    expect(brotliDecompressSync(Buffer.from(await sheet.arrayBuffer())).equals(assetTable['public.css'].body)).toBe(
      true,
    );
    const font = await app.request(assetUrl('atkinson-latin.woff2'), { headers });
    expect(font.headers.get('content-encoding')).toBeNull();
  });

  it.each([
    '/assets/',
    '/assets/public.css',
    '/assets/../package.json',
    '/assets/%2e%2e/package.json',
    '/assets/..%2f..%2fpackage.json',
    '/assets/public-000000000000.css',
  ])('answer 404 to %s: an address never reaches the file system', async (path) => {
    expect((await app.request(path)).status).toBe(404);
  });
});
