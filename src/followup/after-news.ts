/** Waits that news begins (F6); whatever ends the follow-up ends them too. */
export const AFTER_NEWS = ['evaluation_to_open', 'closing_to_propose'] as const;
