const MAX_CHUNKS = 4_000;
const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
/** Length, name, sum. */
const AROUND = 12;

/** What a PNG may not be, before anything of it is unpacked (B-67): an animation, or a heap of chunks. Nothing for any other file. */
export function faultOfPng(bytes: Buffer): 'chunks' | 'animated' | 'cut' | undefined {
  if (!bytes.subarray(0, SIGNATURE.length).equals(SIGNATURE)) return undefined;
  let at = SIGNATURE.length;
  for (let chunks = 0; at + AROUND <= bytes.length; chunks += 1) {
    if (chunks >= MAX_CHUNKS) return 'chunks';
    const name = bytes.toString('latin1', at + 4, at + 8);
    if (name === 'acTL') return 'animated';
    if (name === 'IEND') return undefined;
    at += AROUND + bytes.readUInt32BE(at);
  }
  return 'cut';
}
