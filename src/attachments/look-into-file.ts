import { readFileSync } from 'node:fs';
import { drawAgain } from './draw-again.ts';
import { faultOfPdf } from './pdf-faults.ts';

// A process of its own, one per file, for what strangers send (T-34): whatever it costs or breaks, it costs and breaks here. It reads the
// file on its standard input and is told what it is; for a picture it writes a new one. 0: good. 2: not to be taken.

const MEMORY = 256 * 1024 * 1024;

setInterval(() => {
  if (process.memoryUsage.rss() > MEMORY) process.exit(2);
}, 5).unref();

async function look(kind: string | undefined, bytes: Buffer): Promise<number> {
  if (kind === 'pdf') return faultOfPdf(bytes) ? 2 : 0;
  const drawn = await drawAgain(bytes);
  await new Promise<void>((resolve, reject) => {
    process.stdout.write(drawn, (error) => (error ? reject(error) : resolve()));
  });
  return 0;
}

process.exitCode = await look(process.argv[2], readFileSync(0)).catch(() => 2);
