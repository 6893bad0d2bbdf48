import type { Context } from 'hono';

/** A paper made for this answer: a download, under the number of its request. */
export function pdfAnswer(c: Context, paper: Buffer, number: string): Response {
  c.header('Content-Type', 'application/pdf');
  c.header('Content-Disposition', `attachment; filename="${number}.pdf"`);
  return c.body(new Uint8Array(paper));
}
