import { LANGUAGES } from '../requests/request-choices.ts';

/** Languages one may be called in: French needs no interpreter, and nobody signs on the phone. */
export const CALL_LANGUAGES = LANGUAGES.filter((code) => code !== 'fr' && code !== 'lsf');
export const CALL_MOMENTS = ['any', 'morning', 'afternoon'] as const;
/** What came of it: somebody was spoken with, or nobody answers after several calls. */
export const CALL_OUTCOMES = ['reached', 'not_reached'] as const;
/** What the page says about how long a number is kept. */
export const KEPT_DAYS_AFTER_CALL = 7;
export const KEPT_MONTHS_AT_MOST = 3;
/** Where its sealed texts stand. */
export const CALL_TABLE = 'interpreter_call';
