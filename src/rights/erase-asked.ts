import { sql } from 'kysely';
import { addMonths } from '../calendar/day.ts';
import { CaseText } from '../cases/case-text.ts';
import { lockCase } from '../cases/lock-case.ts';
import { NO_CONTACT } from '../parties/erase-contacts.ts';
import type { WorkerTx } from '../db/transaction.ts';
import { recordChange } from '../outbox/record-change.ts';
import type { KeyRing } from '../privacy/key-ring.ts';
import { type Erasable, READ_MONTHS } from './rights-status.ts';

type Due = { id: string; caseId: string; partyId: string; side: 'requester' | 'other'; erased: Erasable[] };

/**
 * Erases ways to reach people who asked for it (R82), once the answer has reached them: no mail of it is on its way, no call or letter of it
 * waits, nor anybody who looks why its mail did not arrive; that one is about whom the mail was for.
 * The code stays, so that the answer can be read. One line of proof on each case.
 */
export async function eraseAsked(tx: WorkerTx, keys: KeyRing, today: string): Promise<void> {
  const due = await sql<Due>`
    select r.id, r.case_id as "caseId", r.party_id as "partyId", p.side, r.erased
    from rights_request r join party p on p.id = r.party_id
    where r.town_id = ${tx.actor.townId} and r.erased && array['email', 'contact'] and r.contact_erased_at is null
      and not exists (select 1 from mail m where m.case_id = r.case_id and m.template = 'rights_answered'
        and m.state in ('queued', 'sending') and m.party_id is not distinct from case when p.side = 'other' then p.id end)
      and not exists (select 1 from deadline d left join mail m on m.id = d.mail_id
        where d.case_id = r.case_id and d.state = 'open' and d.reason = 'rights_answered'
          and coalesce(d.party_id, m.party_id) is not distinct from case when p.side = 'other' then p.id end)
    order by r.case_id, r.id`.execute(tx.db);
  for (const asked of due.rows) {
    const theCase = await lockCase(tx, asked.caseId);
    if (asked.side === 'requester') await ofRequester(tx, new CaseText(keys, theCase), asked);
    else await ofParty(tx, asked, today);
    await tx.db.updateTable('rights_request').set({ contact_erased_at: tx.now }).where('id', '=', asked.id).execute();
    await recordChange(tx, {
      caseId: asked.caseId,
      code: 'contact_erased',
      actor: 'service',
      data: { party: asked.partyId, rights: asked.id },
    });
  }
}

async function ofRequester(tx: WorkerTx, text: CaseText, { caseId, erased }: Due): Promise<void> {
  const email = { email: null, email_hash: null };
  const everything = {
    ...email,
    first_name: text.seal('case_identity', 'first_name', ''),
    phone: null,
    phone_hash: null,
    postal_address: null,
    trusted_person: null,
    contact_hours: null,
    contact_ways: [],
    precautions: [],
    spoken_language: null,
    accept_evaluation: false,
  };
  await tx.db
    .updateTable('case_identity')
    .set(erased.includes('contact') ? everything : { ...email, contact_ways: withoutEmail() })
    .where('case_id', '=', caseId)
    .execute();
}

async function ofParty(tx: WorkerTx, { partyId, erased }: Due, today: string): Promise<void> {
  const email = { email: null, email_hash: null, has_email: false };
  const everything = {
    ...NO_CONTACT,
    // Then the page goes too, as that of anybody who left (§3.5).
    erase_after: sql<string>`coalesce(erase_after, ${addMonths(today, READ_MONTHS)}::date)`,
  };
  await tx.db
    .updateTable('party_identity')
    .set(erased.includes('contact') ? everything : { ...email, contact_ways: withoutEmail() })
    .where('party_id', '=', partyId)
    .execute();
}

function withoutEmail() {
  return sql<never[]>`array_remove(contact_ways, 'email')`;
}
