/** Level of a pino warning. */
const WARNING = 40;

function parsed(line: string): Record<string, unknown> | undefined {
  try {
    const read: unknown = JSON.parse(line);
    return typeof read === 'object' && read !== null ? { ...read } : undefined;
  } catch {
    return undefined;
  }
}

/** Warnings, errors and whatever is not a log line at all (a crash). */
export function isWorthShowing(line: string): boolean {
  const { level } = parsed(line) ?? {};
  return typeof level !== 'number' || level >= WARNING;
}

/** A log line is JSON; people at a terminal read its event and fields. */
export function readable(line: string): string {
  const fields = parsed(line);
  if (!fields) return line.slice(0, 400);
  const { time: _time, role: _role, level: _level, msg, ...rest } = fields;
  return [msg, ...Object.entries(rest).map(([name, value]) => `${name}=${String(value)}`)].join(' ').slice(0, 400);
}
