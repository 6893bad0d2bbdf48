import pg from 'pg';

export type Listener = { stop(): Promise<void> };

/**
 * Wakes `onWake` when a channel is notified. A wake-up only saves time: the caller polls as well, so a lost connection loses
 * nothing; it is opened again after a second.
 */
export function listen(url: string, channels: readonly string[], onWake: () => void): Listener {
  let stopped = false;
  let client: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  const connect = async () => {
    const next = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000, keepAlive: true });
    const again = () => {
      if (client === next) client = undefined;
      if (!stopped) retry = setTimeout(() => void connect(), 1_000);
    };
    next.once('error', () => void next.end().catch(() => undefined));
    next.once('end', again);
    next.on('notification', onWake);
    try {
      await next.connect();
      client = next;
      for (const channel of channels) await next.query(`listen ${channel}`);
      onWake();
    } catch {
      await next.end().catch(() => undefined);
    }
  };
  void connect();
  return {
    async stop() {
      stopped = true;
      clearTimeout(retry);
      await client?.end().catch(() => undefined);
    },
  };
}
