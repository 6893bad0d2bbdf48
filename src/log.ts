import { pino } from 'pino';

/** Fixed event names, ids, codes and numbers; never a text somebody typed, an address or a URL (C-15, T-25). */
export type LogFields = Record<string, string | number | boolean | undefined>;
export type Log = {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, error: unknown, fields?: LogFields): void;
};

export function createLog(role: string, level: string): Log {
  const logger = pino({ level, base: { role }, timestamp: pino.stdTimeFunctions.isoTime });
  return {
    info: (event, fields) => logger.info(fields ?? {}, event),
    warn: (event, fields) => logger.warn(fields ?? {}, event),
    error: (event, error, fields) => logger.error({ ...fields, ...describe(error) }, event),
  };
}

/** Name, code and frames: a message may hold what somebody typed (a database error quotes the row), so it stays out. */
function describe(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const frames = error.stack
    ?.split('\n')
    .filter((line) => line.startsWith('    at ') && !line.includes('node_modules') && !line.includes('node:'))
    .slice(0, 6)
    .join('\n');
  return { error: error.name, code, frames, cause: error.cause instanceof Error ? error.cause.name : undefined };
}
