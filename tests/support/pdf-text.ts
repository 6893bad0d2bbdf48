import { extractText, getDocumentProxy } from 'unpdf';
import { expect } from 'vitest';

/** The words of a PDF that was answered, on one line. */
export async function pdfText(answer: Response): Promise<string> {
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  const pdf = await getDocumentProxy(new Uint8Array(await answer.arrayBuffer()));
  const { text } = await extractText(pdf, { mergePages: true });
  return text.replaceAll(/\s+/gu, ' ');
}
