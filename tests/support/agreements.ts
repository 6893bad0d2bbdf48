import { acceptAssignment } from '../../src/cases/answer-assignment.command.ts';
import { assignMediator } from '../../src/cases/assign-mediator.command.ts';
import { noteContact } from '../../src/cases/note-contact.command.ts';
import type { CaseState } from '../../src/cases/case-status.ts';
import { acceptCase, type Acceptance, askQuestion, startTriage } from '../../src/cases/triage.command.ts';
import { type CheckNote, noteCheck } from '../../src/followup/note-check.command.ts';
import { addParty, type NewParty } from '../../src/parties/add-party.command.ts';
import { recordAgreement, type RecordedAgreement } from '../../src/parties/record-agreement.command.ts';
import { EXPLANATIONS } from '../../src/parties/write-agreement.ts';
import type { SubmitRequest } from '../../src/requests/insert-case.ts';
import { submit } from './request.ts';
import type { TestTown } from './town.ts';

/** What a party says when it agrees to everything that is asked, in French, before the mediator. */
export const YES = {
  takePart: true,
  contactOther: true,
  recontact: true,
  language: 'fr',
  explained: EXPLANATIONS,
  mode: 'oral',
  copyGiven: true,
} as const satisfies Partial<RecordedAgreement>;
export const NO = { ...YES, takePart: false, contactOther: false, recontact: false } as const;

export const A_NEIGHBOUR: Omit<NewParty, 'caseId'> = {
  kind: 'person',
  name: 'Farid Aubertin',
  phone: '+33639985678',
  email: 'farid@courriel.example',
  interpreter: false,
  minor: false,
  contactWays: ['email', 'phone'],
  precautions: [],
};

const BEFORE_CONTACT: readonly CaseState[] = ['received', 'in_triage', 'more_info_needed', 'accepted', 'assigned'];

/** A case carried by its people, one step after the other, as far as a test wants. */
export class Carried {
  readonly #town: TestTown;
  caseId = '';
  constructor(town: TestTown) {
    this.#town = town;
  }

  get web() {
    return this.#town.context('passerelle_web');
  }
  leader = () => ({ townId: this.#town.townId, personId: this.#town.person('R1') });
  mediator = () => ({ townId: this.#town.townId, personId: this.#town.person('M1') });

  /** Received, and as far as the team goes before anybody is reached: for states from the first contact on, to the first contact. */
  async into(state: CaseState): Promise<void> {
    if (!BEFORE_CONTACT.includes(state)) return void (await this.toFirstContact());
    const { caseId } = await submit(this.#town);
    this.caseId = caseId;
    if (state === 'in_triage') await startTriage(this.web, this.leader(), caseId);
    if (state === 'more_info_needed') await askQuestion(this.web, this.leader(), { caseId, question: 'Quel étage ?' });
    if (state !== 'accepted' && state !== 'assigned') return;
    await acceptCase(this.web, this.leader(), { caseId, domain: 'social', complexity: 'standard', tension: 2 });
    if (state === 'assigned')
      await assignMediator(this.web, this.leader(), { caseId, mediatorId: this.#town.person('M1') });
  }

  /** Received, accepted, assigned, taken: the mediator is to reach the person. */
  async toFirstContact(request: Partial<SubmitRequest> = {}, accepted: Partial<Acceptance> = {}): Promise<string> {
    const { caseId } = await submit(this.#town, request);
    return this.toContactOf(caseId, accepted);
  }

  /** A case that came by another door: accepted, assigned, taken, the person reached. */
  async toContactOf(caseId: string, accepted: Partial<Acceptance> = {}): Promise<string> {
    this.caseId = caseId;
    const acceptance = { domain: 'social', complexity: 'standard', tension: 2 } as const;
    await acceptCase(this.web, this.leader(), { caseId, ...acceptance, ...accepted });
    await assignMediator(this.web, this.leader(), { caseId, mediatorId: this.#town.person('M1') });
    await acceptAssignment(this.web, this.mediator(), caseId);
    await noteContact(this.web, this.mediator(), { caseId, way: 'phone', reached: true });
    return caseId;
  }

  async partyId(side: 'requester' | 'other'): Promise<string> {
    const parties = this.#town.owner.selectFrom('party').select('id').where('case_id', '=', this.caseId);
    const found = await parties.where('side', '=', side).orderBy('created_at', 'desc').executeTakeFirstOrThrow();
    return found.id;
  }

  async says(side: 'requester' | 'other', what: Partial<RecordedAgreement> = YES): Promise<void> {
    const partyId = await this.partyId(side);
    await recordAgreement(this.web, this.mediator(), { ...YES, ...what, caseId: this.caseId, partyId });
  }

  /** F6 of each living party, one after the other; what follows is decided with the last. */
  async news(kind: CheckNote['kind'], said: Partial<CheckNote> = {}): Promise<void> {
    const parties = await this.#town.owner
      .selectFrom('party')
      .select('id')
      .where('case_id', '=', this.caseId)
      .where('ended_at', 'is', null)
      .orderBy('created_at')
      .execute();
    for (const { id } of parties) {
      const next = id === parties.at(-1)?.id ? (said.next ?? 'go_on') : 'go_on';
      const note = { way: 'phone', reached: true, situation: 'better', ...said, next } as const;
      await noteCheck(this.web, this.mediator(), { ...note, caseId: this.caseId, kind, partyId: id });
    }
  }

  /** Both sides are asked, the requester agreed. */
  async toAgreements(request: Partial<SubmitRequest> = {}, other: Partial<NewParty> = {}): Promise<string> {
    const caseId = await this.toFirstContact(request);
    await this.says('requester');
    await addParty(this.web, this.mediator(), { ...A_NEIGHBOUR, ...other, caseId });
    return caseId;
  }
}
