/** Serves the fixed table of assets. No part of an address ever reaches the file system. */
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { Hono } from 'hono';
import type { Asset } from '../ui/asset-table.ts';
import { assetFolder, assetTable } from '../ui/asset-table.ts';

export { assetUrl } from '../ui/asset-table.ts';

type Encoding = 'br' | 'gzip';

function compress(body: Buffer, encoding: Encoding): Buffer {
  if (encoding === 'gzip') return gzipSync(body, { level: 9 });
  return brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
}

/** The shortest form the browser accepts; each is made once, on first use. */
function shortener(asset: Asset): (accepted: string) => { body: Buffer; encoding?: Encoding } {
  const made = new Map<Encoding, Buffer>();
  return (accepted) => {
    if (!asset.compressible) return { body: asset.body };
    const encoding = (['br', 'gzip'] as const).find((name) => new RegExp(`\\b${name}\\b(?!;q=0)`, 'u').test(accepted));
    if (!encoding) return { body: asset.body };
    const body = made.get(encoding) ?? compress(asset.body, encoding);
    made.set(encoding, body);
    return { body, encoding };
  };
}

/**
 * Routes `/assets/*`, kept by browsers for a year because each address changes with its content.
 * An address that is not in the table is 404.
 */
export function assets(): Hono {
  const app = new Hono();
  for (const asset of Object.values(assetTable)) {
    const shorten = shortener(asset);
    app.get(asset.url, (c) => {
      const { body, encoding } = shorten(c.req.header('accept-encoding') ?? '');
      return c.body(new Uint8Array(body), 200, {
        'Content-Type': asset.type,
        'Content-Length': String(body.byteLength),
        'Cache-Control': 'public, max-age=31536000, immutable',
        'X-Content-Type-Options': 'nosniff',
        Vary: 'Accept-Encoding',
        ...(encoding ? { 'Content-Encoding': encoding } : {}),
      });
    });
  }
  app.all(`${assetFolder}*`, (c) => c.text('Not found', 404));
  return app;
}
