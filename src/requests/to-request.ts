import type { Answers } from '../http/form-body.ts';
import type { SubmitRequest } from './insert-case.ts';
import type { PlaceSignal } from './insert-observation.ts';
import { HOPES, LINK_HOPES, NO_PLACE, UNKNOWN_QUARTER } from './request-choices.ts';
import { raw, schemas } from './request.form.ts';

/** The town's lists by code, so that what is stored are their rows. */
export type TownLists = {
  places: readonly { id: string; code: string; type: string; quarter: string | null }[];
  services: readonly { id: string; code: string }[];
};

/** The whole form, valid; call it once every screen checks out. What the chosen door does not ask is left out, whatever was typed before. */
export function toRequest(answers: Answers, lists: TownLists, uiLanguage: string): SubmitRequest {
  const { danger, family } = schemas.danger.parse(raw('danger', answers));
  const { need } = schemas.need.parse(raw('need', answers));
  const what = schemas.what.parse(raw('what', answers));
  const story = schemas.story.parse(raw('story', answers));
  const care = schemas.care.parse(raw('care', answers));
  const contact = schemas.contact.parse(raw('contact', answers));
  const send = schemas.send.parse(raw('send', answers));
  if (need === 'place') throw new Error('a place without a name is no request');
  const inConflict = need !== 'link';
  const hopes: readonly string[] = inConflict ? HOPES : LINK_HOPES;
  return {
    danger: danger === 'yes' || family === 'yes',
    familyDanger: family === 'yes',
    need,
    categories: what.categories,
    ...placeOf(answers, lists),
    service: need === 'service' ? serviceOf(what, lists) : NO_SERVICE,
    story: story.story,
    relation: inConflict ? story.relation : null,
    relationScore: inConflict && story.relation_score !== null ? Number(story.relation_score) : null,
    since: inConflict ? story.since : null,
    frequency: inConflict ? story.frequency : null,
    moments: inConflict ? story.moments : [],
    doneBefore: inConflict ? story.done_before : [],
    hopes: story.hopes.filter((hope) => hopes.includes(hope)),
    hopesText: story.hopes_text,
    procedure: inConflict ? story.procedure : null,
    firstName: contact.first_name,
    contactWays: contact.contact_ways,
    phone: contact.phone,
    email: contact.email,
    postalAddress: contact.postal_address,
    trustedPerson: contact.trusted_person,
    precautions: care.precautions,
    contactHours: care.contact_hours,
    spokenLanguage: care.spoken_language,
    interpreter: care.interpreter === 'yes',
    accessNeeds: care.access_needs,
    difficulties: care.difficulties,
    ageGroup: send.age_group,
    acceptEvaluation: send.accept_evaluation === 'yes',
    uiLanguage,
  };
}

/** A place pointed out without a name: nothing of whoever does it. */
export function toSignal(answers: Answers, lists: TownLists): PlaceSignal {
  const { danger, family } = schemas.danger.parse(raw('danger', answers));
  const what = schemas.what.parse(raw('what', answers));
  const { note } = schemas.note.parse(raw('note', answers));
  const feared = danger === 'yes' || family === 'yes';
  return { danger: feared, categories: what.categories, ...placeOf(answers, lists), note };
}

function placeOf(answers: Answers, { places }: TownLists) {
  const said = schemas.place.parse(raw('place', answers));
  const place = said.place === NO_PLACE ? undefined : places.find(({ code }) => code === said.place);
  const quarter = said.quarter && said.quarter !== UNKNOWN_QUARTER ? said.quarter : null;
  return {
    quarter: quarter ?? place?.quarter ?? null,
    placeId: place?.id ?? null,
    placeType: said.place_type ?? place?.type ?? null,
    placeText: said.place_text,
    transportLine: said.transport_line,
    transportStop: said.transport_stop,
  };
}

const NO_SERVICE = { organisationId: null, text: null };

function serviceOf(what: { service?: string | undefined; service_text: string | null }, { services }: TownLists) {
  const listed = services.find(({ code }) => code === what.service);
  return { organisationId: listed?.id ?? null, text: what.service_text };
}
