const LONGEST_MS = 600_000;

/**
 * How long a stream is left alone after a repair: at first as long as the reconciler sleeps, then twice as long each time, so that a
 * stream nobody can serve (no worker runs) is not signalled thousands of times. Real time; in memory: a new relay looks anew.
 */
export class RepairPauses {
  readonly #firstMs: number;
  readonly #pauses = new Map<string, { until: number; ms: number }>();
  constructor(firstMs: number) {
    this.#firstMs = firstMs;
  }

  /** Of these suspects, the ones to repair now; those that are suspects no more are forgotten. */
  due<S extends { streamId: string }>(suspects: readonly S[], now: number): S[] {
    const known = new Set(suspects.map(({ streamId }) => streamId));
    for (const streamId of this.#pauses.keys()) if (!known.has(streamId)) this.#pauses.delete(streamId);
    return suspects.filter(({ streamId }) => (this.#pauses.get(streamId)?.until ?? 0) <= now);
  }

  repaired(streamId: string, now: number): void {
    const ms = Math.min(LONGEST_MS, (this.#pauses.get(streamId)?.ms ?? this.#firstMs / 2) * 2);
    this.#pauses.set(streamId, { ms, until: now + ms });
  }
}
