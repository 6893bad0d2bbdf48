import type { HoldReason } from './may-write.ts';

/** A mail of the ledger: about what it is, and to whom. */
export type MailRow = {
  id: string;
  template: string;
  case_id: string | null;
  person_id: string | null;
  party_id: string | null;
  contact_id: string | null;
  subject_id: string | null;
  message_id: string;
};

/** Whom a mail is for, as the journal of the case says it. */
export function recipientKind(mail: MailRow): 'staff' | 'party' | 'partner' | 'requester' {
  if (mail.person_id) return 'staff';
  if (mail.contact_id) return 'partner';
  return mail.party_id ? 'party' : 'requester';
}

/** Why a mail may not leave any more. */
export type Withheld = HoldReason | 'not_here_any_more' | 'nothing_to_say';
/** The one address of a mail, as it is at this moment. */
export type Recipient = { found: true; to: string } | { found: false; reason: Withheld };
