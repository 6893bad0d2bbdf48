import type { KeyObject } from 'node:crypto';
import type { Payload, PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';
import { KeyError, type KeyRing } from '../privacy/key-ring.ts';
import { openBytes, sealBytes } from '../privacy/sealed-box.ts';

const ENCODING = 'binary/passerelle-1';
const ABOUT = 'temporal|payload';

/** Encrypts every payload of a workflow history (C-17). Histories hold ids and codes only; this is the second wall. */
export class PayloadCodecOfRing implements PayloadCodec {
  readonly #key: KeyObject;
  constructor(keys: KeyRing) {
    this.#key = keys.derived('payload');
  }

  async encode(payloads: Payload[]): Promise<Payload[]> {
    return payloads.map((payload) => ({
      metadata: { encoding: Buffer.from(ENCODING) },
      data: sealBytes(this.#key, ABOUT, Buffer.from(proto.temporal.api.common.v1.Payload.encode(payload).finish())),
    }));
  }

  async decode(payloads: Payload[]): Promise<Payload[]> {
    return payloads.map((payload) => {
      const encoding = payload.metadata?.['encoding'];
      if (!encoding || Buffer.from(encoding).toString() !== ENCODING || !payload.data) throw new KeyError('wrong_key');
      return proto.temporal.api.common.v1.Payload.decode(openBytes(this.#key, ABOUT, payload.data));
    });
  }
}
