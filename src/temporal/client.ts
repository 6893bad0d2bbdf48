import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { PayloadCodecOfRing } from './payload-codec.ts';
import type { Config } from '../config.ts';
import type { KeyRing } from '../privacy/key-ring.ts';

export type TemporalClient = { client: Client; connection: Connection };

/** A client that connects on first use, so that a process starts while the Temporal server does not answer yet. */
export function openTemporal(config: Config['temporal'], keys: KeyRing): TemporalClient {
  const connection = Connection.lazy({ address: config.address, connectTimeout: '5 seconds' });
  const client = new Client({
    connection,
    namespace: config.namespace,
    dataConverter: { payloadCodecs: [new PayloadCodecOfRing(keys)], failureConverterPath: FAILURE_CONVERTER },
  });
  return { client, connection };
}

/** Loaded by path: source while developing, compiled beside this file in a build. */
export const FAILURE_CONVERTER = fileURLToPath(
  new URL(`./failure-converter${path.extname(import.meta.url)}`, import.meta.url),
);
