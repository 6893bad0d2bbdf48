const UNIQUE_VIOLATION = '23505';

/** Whether a row was refused because another has the same key; of that constraint, where it is named. */
export function isDuplicate(error: unknown, constraint?: string): boolean {
  if (!(error instanceof Error) || !('code' in error) || error.code !== UNIQUE_VIOLATION) return false;
  return constraint === undefined || ('constraint' in error && error.constraint === constraint);
}
