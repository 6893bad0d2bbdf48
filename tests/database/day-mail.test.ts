import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTransaction } from '../../src/db/transaction.ts';
import { addToDayMail } from '../../src/mail/queue-staff-mail.ts';
import { submit } from '../support/request.ts';
import { type TestTown, testTown } from '../support/town.ts';

let town: TestTown;
beforeAll(async () => {
  town = await testTown('day-mail');
});
afterAll(() => town.close());

test('one mail a person and day: steps of several cases that open it at the same moment all stand in it', async () => {
  const cases = await Promise.all(Array.from({ length: 6 }, () => submit(town)));
  const { db, policies } = town.context('passerelle_worker');
  const policy = await policies.of(town.townId);
  for (const ref of ['R1', 'R2', 'M1', 'M2', 'M3', 'M4', 'M5', 'M6', 'M7', 'M8']) {
    const personId = town.person(ref);
    const lines = cases.map(({ caseId }) =>
      inTransaction(db, { role: 'app_worker', townId: town.townId }, (tx) =>
        addToDayMail(tx, policy, personId, { caseId, template: 'new_request' }),
      ),
    );
    expect(await Promise.all(lines)).toEqual(cases.map(() => ({ written: true })));
    const mails = await town.owner.selectFrom('mail').select('id').where('person_id', '=', personId).execute();
    expect(mails).toHaveLength(1);
    const items = await town.owner
      .selectFrom('mail_item')
      .select('case_id')
      .where('mail_id', '=', mails[0]?.id ?? '')
      .execute();
    expect(items).toHaveLength(cases.length);
    expect(new Set(items.map((item) => item.case_id))).toEqual(new Set(cases.map(({ caseId }) => caseId)));
  }
});
