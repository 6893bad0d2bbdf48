import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeHash } from '../../src/privacy/case-code.ts';
import { newDraft } from '../../src/privacy/draft-seal.ts';
import { submitRequest } from '../../src/requests/submit-request.command.ts';
import { A_REQUEST, submit } from '../support/request.ts';
import { type TestTown, testTown } from '../support/town.ts';

let town: TestTown;
beforeAll(async () => {
  town = await testTown('accept');
});
afterAll(() => town.close());

describe('T1: a request is accepted', () => {
  test('R93: one case with its number, identity, story, code, first journal line, triage deadline and outbox row', async () => {
    const receipt = await submit(town);
    expect(receipt.number).toMatch(/^MS-2027-\d{5}$/);
    const rows = await town.owner
      .selectFrom('mediation_case as c')
      .innerJoin('case_identity as i', 'i.case_id', 'c.id')
      .innerJoin('case_story as s', 's.case_id', 'c.id')
      .innerJoin('access as a', 'a.case_id', 'c.id')
      .innerJoin('case_event as e', 'e.case_id', 'c.id')
      .innerJoin('deadline as d', 'd.case_id', 'c.id')
      .innerJoin('outbox as o', (join) => join.on('o.stream_id', '=', `referral/${receipt.caseId}`))
      .select([
        'c.state',
        'c.team_id',
        'i.first_name',
        's.story',
        'a.token_hash',
        'e.seq',
        'e.code',
        'd.kind',
        'o.seq as outbox_seq',
      ])
      .where('c.id', '=', receipt.caseId)
      .execute();
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      state: 'received',
      seq: 1,
      code: 'request_received',
      kind: 'triage',
      outbox_seq: 1,
    });
    expect(rows[0]?.team_id).not.toBeNull();
    expect(rows[0]?.token_hash).toEqual(codeHash(town.keys, receipt.code ?? ''));
    expect(
      Buffer.concat([rows[0]?.first_name ?? Buffer.of(), rows[0]?.story ?? Buffer.of()]).toString('latin1'),
    ).not.toMatch(/Rosa|bruits/);
  });

  test('F-12: a hundred identical posts at once give one case and the same code, and waste no number', async () => {
    const { nonce } = newDraft(Date.now());
    const ctx = town.context('passerelle_web');
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => submitRequest(ctx, { id: town.townId, kid: town.kid }, nonce, A_REQUEST)),
    );
    expect(new Set(answers.map((answer) => `${answer.caseId} ${answer.number} ${answer.code}`)).size).toBe(1);
    expect(answers.filter((answer) => !answer.repeated)).toHaveLength(1);
    const next = await submit(town);
    expect(Number(next.number.slice(-5))).toBe(Number(answers[0]?.number.slice(-5)) + 1);
  });

  test('F-14: the same form edited and sent again gives the first case and code', async () => {
    const { nonce } = newDraft(Date.now());
    const ctx = town.context('passerelle_web');
    const first = await submitRequest(ctx, { id: town.townId, kid: town.kid }, nonce, A_REQUEST);
    const again = await submitRequest(ctx, { id: town.townId, kid: town.kid }, nonce, {
      ...A_REQUEST,
      story: 'autre',
      quarter: 'CEN',
    });
    expect(again).toEqual({ ...first, repeated: true });
  });

  test('R85: with danger the leader is alerted in the same transaction, and nobody else is written to', async () => {
    const { caseId } = await submit(town, { danger: true });
    const mails = await town.owner
      .selectFrom('mail')
      .select(['template', 'person_id'])
      .where('case_id', '=', caseId)
      .execute();
    expect(mails).toEqual([{ template: 'danger_alert', person_id: town.person('R1') }]);
  });

  test('without a quarter the case has no team and stands in the town’s queue', async () => {
    const { caseId } = await submit(town, { quarter: null });
    const row = await town.owner
      .selectFrom('mediation_case')
      .select('team_id')
      .where('id', '=', caseId)
      .executeTakeFirstOrThrow();
    expect(row.team_id).toBeNull();
  });
});
