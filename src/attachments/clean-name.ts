import { cleanLine } from '../privacy/clean-text.ts';
import { MAX_NAME } from './file-limits.ts';

/**
 * The name of a file as its sender recognises it and the team reads it (B-63): its last part, without signs that hide or that mean something to a
 * machine, cut in its middle, the ending kept. Never used as a name of ours. Nothing when nothing is left.
 */
export function cleanName(name: string): string | undefined {
  // What could be long is cut before it is looked at.
  const short = name.length > 1_000 ? name.slice(0, 500) + name.slice(-500) : name;
  const last = cleanLine(short.split(/[/\\]/).at(-1) ?? '')
    .replace(/[<>:"|?*;=%]/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  const signs = [...last];
  if (signs.length === 0) return undefined;
  if (signs.length <= MAX_NAME) return last;
  return `${signs.slice(0, MAX_NAME - 13).join('')}…${signs.slice(-12).join('')}`;
}
