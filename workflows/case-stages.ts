// What a workflow knows of a case: codes only, copied from the database's union (a test compares the two lists).

export type CaseStage =
  | 'received'
  | 'in_triage'
  | 'more_info_needed'
  | 'redirected'
  | 'merged'
  | 'accepted'
  | 'assigned'
  | 'first_contact'
  | 'agreements'
  | 'support'
  | 'mediation'
  | 'follow_up'
  | 'evaluation'
  | 'closed'
  | 'archived'
  | 'anonymised';
