// What a workflow knows of a case: codes only, copied from the database's union (src/cases/case-chapters.test.ts compares the two lists).

export const CASE_STAGES = [
  'received',
  'in_triage',
  'more_info_needed',
  'redirected',
  'merged',
  'accepted',
  'assigned',
  'first_contact',
  'agreements',
  'support',
  'mediation',
  'follow_up',
  'evaluation',
  'closed',
  'archived',
  'anonymised',
] as const;
export type CaseStage = (typeof CASE_STAGES)[number];

/** What one run of `referral` carries. */
export type Chapter =
  | 'triage'
  | 'assignment'
  | 'first_contact'
  | 'agreements'
  | 'support'
  | 'mediation'
  | 'follow_up'
  | 'evaluation'
  | 'afterwards'
  | 'over';

/** The chapter a case is in while it stands so. */
export function chapterOf(stage: CaseStage | 'over'): Chapter {
  switch (stage) {
    case 'received':
    case 'in_triage':
    case 'more_info_needed':
      return 'triage';
    case 'accepted':
    case 'assigned':
      return 'assignment';
    case 'redirected':
    case 'merged':
    case 'closed':
    case 'archived':
    case 'anonymised':
      return 'afterwards';
    case 'over':
      return 'over';
    case 'first_contact':
    case 'agreements':
    case 'support':
    case 'mediation':
    case 'follow_up':
    case 'evaluation':
      return stage;
  }
}
