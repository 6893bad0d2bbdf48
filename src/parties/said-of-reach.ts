import type { EventCode } from '../journal/event-codes.ts';

/** What somebody says themselves, on their own page, of how they are reached. A form of the team that has not shown it does not undo it. */
export const SAID_OF_REACH = ['reach_changed', 'email_removed', 'interpreter_asked'] as const satisfies EventCode[];
