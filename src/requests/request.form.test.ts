import { describe, expect, test } from 'vitest';
import type { Answers } from '../http/form-body.ts';
import { domainOf } from './case-domain.ts';
import { DRAFT_NOTES, isTooOld, withAnswers } from './draft-answers.ts';
import { isButton, nextStep, resumed } from './form-steps.ts';
import { CATEGORY_CODES, PLACE_TYPES } from './request-choices.ts';
import { checkScreen } from './request.form.ts';
import { neighbour, SCREEN_ORDER, SIGNAL_ORDER } from './screens.ts';
import { toRequest, toSignal } from './to-request.ts';

const TOWN = {
  quarters: [{ code: 'PEU' }, { code: 'CEN' }],
  places: [
    { id: 'p1', code: 'K7QX3M', type: 'hall', quarter: 'PEU' },
    { id: 'p2', code: 'G3YPB7', type: 'tram', quarter: null },
  ],
  services: [{ id: 'o1', code: 'O11' }],
};
const REQUEST: Answers = {
  danger: 'no',
  need: 'person',
  categories: ['BRUIT'],
  quarter: 'PEU',
  first_name: 'Rosa',
  contact_ways: ['desk'],
  age_group: 'adult',
  accept_contact: 'yes',
  read_notice: 'yes',
};
const place = (answers: Answers) => checkScreen('place', answers, TOWN);

describe('R25, R38: where it happens', () => {
  test.each<[string, Answers, Record<string, string>]>([
    ['nothing', {}, { quarter: 'quarter' }],
    ['a quarter', { quarter: 'PEU' }, {}],
    ['« je ne sais pas »', { quarter: 'unknown' }, {}],
    ['a place of the list is enough', { place: 'K7QX3M' }, {}],
    ['a line that is everywhere needs its quarter', { place: 'G3YPB7' }, { quarter: 'quarter' }],
    ['a line and « je ne sais pas »', { place: 'G3YPB7', quarter: 'unknown' }, {}],
    ['none of the places', { place: 'none', quarter: 'CEN' }, {}],
    ['none of the places, and no quarter', { place: 'none' }, { quarter: 'quarter' }],
    ['a place of another quarter', { place: 'K7QX3M', quarter: 'CEN' }, { place: 'place_elsewhere' }],
    ['a place nobody has', { place: 'ZZZZZZ', quarter: 'CEN' }, { place: 'place' }],
    ['a quarter nobody has', { quarter: 'ZZZ' }, { quarter: 'quarter' }],
  ])('%s', (_what, answers, faults) => {
    expect(place(answers)).toEqual(faults);
  });

  test('a place of the list gives its quarter and its kind; what somebody said otherwise stands', () => {
    const { quarter: _none, ...rest } = REQUEST;
    expect(toRequest({ ...rest, place: 'K7QX3M' }, TOWN, 'fr')).toMatchObject({ quarter: 'PEU', placeId: 'p1', placeType: 'hall' });
    expect(toRequest({ ...REQUEST, place: 'K7QX3M', place_type: 'cour' }, TOWN, 'fr')).toMatchObject({ placeType: 'cour' });
    expect(toRequest({ ...REQUEST, quarter: 'unknown' }, TOWN, 'fr')).toMatchObject({ quarter: null, placeId: null, placeType: null });
  }); // prettier-ignore
});

describe('what a door does not ask is not stored, whatever was typed before', () => {
  const CONFLICT = { relation: 'avoid', relation_score: '0', since: 'months', moments: ['night'], done_before: ['talked'], procedure: 'yes', hopes: ['talk', 'other'] }; // prettier-ignore

  test('R10, R16: a conflict: the relation, its mark from 0 to 10, what was tried', () => {
    const read = toRequest({ ...REQUEST, ...CONFLICT }, TOWN, 'fr');
    expect(read).toMatchObject({ relation: 'avoid', relationScore: 0, doneBefore: ['talked'], procedure: 'yes', hopes: ['talk', 'other'] }); // prettier-ignore
  });

  test('R7: a tie is no conflict: wishes of its own, and nothing about a relation or a court', () => {
    const read = toRequest({ ...REQUEST, ...CONFLICT, need: 'link', hopes: ['talk', 'meet'] }, TOWN, 'fr');
    expect(read).toMatchObject({ relation: null, relationScore: null, since: null, moments: [], doneBefore: [], procedure: null, hopes: ['meet'] }); // prettier-ignore
  });

  test('R11: the service somebody is in conflict with, from the list or in words, only behind that door', () => {
    const named = { ...REQUEST, service: 'O11', service_text: 'le gardien' };
    expect(toRequest({ ...named, need: 'service' }, TOWN, 'fr').service).toEqual({ organisationId: 'o1', text: 'le gardien' });
    expect(toRequest({ ...named, need: 'service', service: 'other' }, TOWN, 'fr').service).toEqual({ organisationId: null, text: 'le gardien' });
    expect(toRequest(named, TOWN, 'fr').service).toEqual({ organisationId: null, text: null });
    expect(checkScreen('what', { categories: ['BRUIT'], service: 'O02' }, TOWN)).toEqual({ service: 'service' });
  }); // prettier-ignore

  test('spec §3.7: a place without a name is no request, and has nobody in it', () => {
    const signal = toSignal({ ...REQUEST, need: 'place', note: 'Deux bancs cassés.' }, TOWN);
    expect(JSON.stringify(signal)).not.toContain('Rosa');
    expect(signal).toMatchObject({ danger: false, categories: ['BRUIT'], quarter: 'PEU', note: 'Deux bancs cassés.' });
    expect(() => toRequest({ ...REQUEST, need: 'place' }, TOWN, 'fr')).toThrow();
  });
});

test.each<[string[], string[], boolean]>([
  [['email'], ['do_not_write'], true],
  [['email', 'post'], ['do_not_write', 'no_voicemail'], true],
  [['email'], ['no_voicemail'], false],
  [['email', 'phone'], ['do_not_write'], false],
  [['post', 'desk'], ['do_not_write'], false],
  [['email', 'trusted_person'], ['do_not_write'], false],
])('F1, R98: ways %j with %j: nobody could reach the person: %s', (contactWays, precautions, unreachable) => {
  const reach = { phone: '06 39 98 12 34', email: 'r@courriel.example', postal_address: '1 rue', trusted_person: 'T.' };
  const answers = { ...REQUEST, ...reach, contact_ways: contactWays, precautions };
  const said = unreachable ? { contact_ways: 'contact_ways_written' } : {};
  expect(checkScreen('contact', answers, TOWN)).toEqual(said);
});

test('R13: every category and kind of place has its domain; transport is told by either', () => {
  const domains = CATEGORY_CODES.map((code) => [code, domainOf([code], null)]);
  expect(new Set(domains.map(([, domain]) => domain))).toEqual(new Set(['transports', 'espace_public', 'social', 'culturel']));
  expect(domainOf(['AUTRE', 'TRANSP'], null)).toBe('transports');
  expect(domainOf(['AUTRE'], 'arret')).toBe('transports');
  expect(PLACE_TYPES).toHaveLength(new Set(PLACE_TYPES).size);
}); // prettier-ignore

describe('from screen to screen', () => {
  test('six screens after the danger question; fewer for a place without a name, and nobody is asked who they are', () => {
    expect(SCREEN_ORDER).toEqual(['danger', 'need', 'what', 'place', 'story', 'care', 'contact', 'send']);
    expect(SIGNAL_ORDER).toEqual(['danger', 'need', 'what', 'place', 'note']);
    expect(neighbour({ need: 'place' }, 'place', 1)).toBe('note');
    expect(neighbour({ need: 'person' }, 'place', 1)).toBe('story');
  });

  test('R98: what may be done to reach somebody is asked before how', () => {
    expect(SCREEN_ORDER.indexOf('care')).toBeLessThan(SCREEN_ORDER.indexOf('contact'));
  });

  test('whoever corrects an answer from the summary comes back to it; another door asks its own questions', () => {
    const step = nextStep('contact', REQUEST, TOWN);
    expect(step.screen).toBe('send');
    const read = step.answers;
    expect(nextStep('what', withAnswers(read, 'what', { categories: ['HALL'] }), TOWN).screen).toBe('send');
    expect(nextStep('what', { ...read, first_name: '' }, TOWN).screen).toBe('contact');
    const closed = withAnswers({ ...read, contact_ways: ['email'], email: 'r@courriel.example' }, 'care', { precautions: ['do_not_write'] }); // prettier-ignore
    expect(nextStep('care', closed, TOWN)).toMatchObject({ screen: 'contact', faults: { contact_ways: 'contact_ways_written' } }); // prettier-ignore
    expect(nextStep('need', withAnswers(read, 'need', { need: 'person' }), TOWN).screen).toBe('send');
    const other = nextStep('need', withAnswers(read, 'need', { need: 'link' }), TOWN);
    expect([other.screen, other.answers[DRAFT_NOTES.reviewed]]).toEqual(['what', undefined]);
  });

  test('another door chosen before « Retour » asks its own questions too', () => {
    const read = nextStep('contact', REQUEST, TOWN).answers;
    const back = withAnswers(read, 'need', { need: 'link' });
    expect(nextStep('danger', withAnswers(back, 'danger', { danger: 'no' }), TOWN).screen).toBe('need');
  });

  test('a kept form asks for danger again, then goes on where it stopped, or where something is missing', () => {
    const kept = { ...REQUEST, danger: 'no', [DRAFT_NOTES.kept]: 'care' };
    const again = resumed(kept);
    expect([again.screen, again.answers['danger']]).toEqual(['danger', undefined]);
    const answered = { ...again.answers, danger: 'yes' };
    expect(nextStep('danger', answered, TOWN).screen).toBe('care');
    expect(nextStep('danger', { ...answered, quarter: '' }, TOWN).screen).toBe('place');
  });

  test('only the buttons of a page are pressed', () => {
    expect([undefined, 'next', 'back', 'keep', 'forget'].map((go) => isButton('story', go))).toEqual(Array(5).fill(true));
    expect(['resume', 'edit-what', 'send', '', 'edit-'].map((go) => isButton('story', go))).toEqual(Array(5).fill(false));
    expect([isButton('danger', 'resume'), isButton('send', 'edit-what'), isButton('send', 'edit-nowhere')]).toEqual([true, true, false]);
  }); // prettier-ignore

  test('a draft lives seven days', () => {
    const day = 86_400_000;
    expect([isTooOld({ startedAt: 0 }, 7 * day), isTooOld({ startedAt: 0 }, 7 * day + 1)]).toEqual([false, true]);
  });
});
