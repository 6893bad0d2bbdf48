import type { temporal } from '@temporalio/proto';
import { PayloadCodecOfRing } from '../../src/temporal/payload-codec.ts';
import type { Stack } from './stack.ts';
import type { TestTown } from './town.ts';

type History = temporal.api.history.v1.IHistory;

/** The history of one run as the server keeps it: encrypted. */
export async function fetchHistory(stack: Stack, workflowId: string, runId?: string): Promise<History> {
  return stack.temporal.client.workflow.getHandle(workflowId, runId).fetchHistory();
}

/** Every payload of a history, decoded in place, so that it can be read, searched and replayed without a key. */
export async function decodeHistory(town: TestTown, history: History): Promise<History> {
  const codec = new PayloadCodecOfRing(town.keys);
  async function visit(value: unknown): Promise<void> {
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
    for (const [name, child] of Object.entries(value)) {
      // What the engine itself notes of a local activity (its name, its times) is not encoded: it holds nothing of ours.
      if (isPayload(child) && isPlain(child)) continue;
      if (isPayload(child)) {
        const [decoded] = await codec.decode([child]);
        // The key was just read from this very object.
        (value as Record<string, unknown>)[name] = decoded;
      } else if (Array.isArray(child) && child.every(isPayload) && child.length > 0) {
        if (child.every(isPlain)) continue;
        (value as Record<string, unknown>)[name] = await codec.decode(child);
      } else await visit(child);
    }
  }
  await visit(history);
  return history;
}

function isPlain({ metadata }: { metadata: Record<string, Uint8Array> }): boolean {
  return Buffer.from(metadata['encoding'] ?? []).toString() === 'json/plain';
}

function isPayload(value: unknown): value is { metadata: Record<string, Uint8Array>; data: Uint8Array } {
  if (typeof value !== 'object' || value === null || !('metadata' in value) || !('data' in value)) return false;
  const { metadata } = value;
  return typeof metadata === 'object' && metadata !== null && 'encoding' in metadata;
}

/** The history as JSON text with every payload's bytes spelled out behind it, for searching. */
export function searchable(historyJson: string): string {
  const data = [...historyJson.matchAll(/"data":\s*"([^"]*)"/g)].map(([, text = '']) =>
    Buffer.from(text, 'base64').toString('latin1'),
  );
  return [historyJson, ...data].join('\n');
}
