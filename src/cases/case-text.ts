import type { KeyObject } from 'node:crypto';
import type { KeyRing } from '../privacy/key-ring.ts';
import { open, openCaseKey, openFile, seal, sealFile } from '../privacy/field-encryption.ts';

/** Seals and opens the encrypted columns and files of one case; made from the locked row, dropped with the transaction. */
export class CaseText {
  readonly #caseId: string;
  readonly #dataKey: KeyObject;
  constructor(keys: KeyRing, theCase: { id: string; kid: string; wrappedKey: Buffer }) {
    this.#caseId = theCase.id;
    this.#dataKey = openCaseKey(keys, theCase.kid, theCase.id, theCase.wrappedKey);
  }

  seal(table: string, column: string, text: string): Buffer {
    return seal(this.#dataKey, { table, column, caseId: this.#caseId }, text);
  }

  /** @throws KeyError when the value was sealed elsewhere or with another key. */
  open(table: string, column: string, sealed: Buffer): string {
    return open(this.#dataKey, { table, column, caseId: this.#caseId }, sealed);
  }

  sealFile(table: string, column: string, bytes: Buffer): Buffer {
    return sealFile(this.#dataKey, { table, column, caseId: this.#caseId }, bytes);
  }

  /** @throws KeyError when the file was sealed elsewhere or with another key. */
  openFile(table: string, column: string, sealed: Buffer): Buffer {
    return openFile(this.#dataKey, { table, column, caseId: this.#caseId }, sealed);
  }

  openOptional(table: string, column: string, sealed: Buffer | null): string | undefined {
    return sealed === null ? undefined : this.open(table, column, sealed);
  }
}
