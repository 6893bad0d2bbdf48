import sharp from 'sharp';
import { faultOfPng } from './png-faults.ts';

const MAX_PIXELS = 50_000_000;
const MAX_SIDE = 2_400;

// Only the two readers that are needed, whatever a file says it is.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer'] });
sharp.cache(false);
sharp.concurrency(1);

/**
 * A new picture of the same pixels, turned as it was held, on white: nothing else of the file is taken over (C-11, B-60).
 * @throws Error when it is cut, broken, too large, or no picture.
 */
export async function drawAgain(bytes: Buffer): Promise<Buffer> {
  const fault = faultOfPng(bytes);
  if (fault) throw new Error(fault);
  return sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error', sequentialRead: true })
    .autoOrient()
    .resize(MAX_SIDE, MAX_SIDE, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .jpeg({ quality: 85 })
    .toBuffer();
}
