import type { Child } from 'hono/jsx';
import type { Answers } from '../http/form-body.ts';
import type { PublicKey, PublicTranslate } from '../i18n/catalogue.ts';
import { listed } from '../ui/listed.ts';
import { DefinitionList } from '../ui/definition-list.tsx';
import { NO_PLACE, OTHER_SERVICE, UNKNOWN_QUARTER } from './request-choices.ts';
import type { RequestFieldsProps } from './request-fields.tsx';
import { type Screen, screensOf } from './screens.ts';

/** How an answer is read back: in the words of its list, as it was typed, or by the name the town gives it. */
type Row = { name: string; label: PublicKey; room?: string };
type Where = RequestFieldsProps['where'];

const ROWS: Partial<Record<Screen, readonly Row[]>> = {
  danger: [
    { name: 'danger', label: 'request.danger.title', room: 'danger' },
    { name: 'family', label: 'request.family', room: 'answer' },
  ],
  need: [{ name: 'need', label: 'request.need.title', room: 'need' }],
  what: [
    { name: 'categories', label: 'request.categories', room: 'category' },
    { name: 'service', label: 'request.service' },
    { name: 'service_text', label: 'request.service_text' },
  ],
  place: [
    { name: 'quarter', label: 'request.quarter' },
    { name: 'place', label: 'request.place' },
    { name: 'place_type', label: 'request.place_type', room: 'place_type' },
    { name: 'place_text', label: 'request.place_text' },
    { name: 'transport_line', label: 'request.transport_line' },
    { name: 'transport_stop', label: 'request.transport_stop' },
  ],
  story: [
    { name: 'story', label: 'request.story' },
    { name: 'since', label: 'request.since', room: 'since' },
    { name: 'frequency', label: 'request.frequency', room: 'frequency' },
    { name: 'moments', label: 'request.moments', room: 'moment' },
    { name: 'done_before', label: 'request.done_before', room: 'done' },
    { name: 'procedure', label: 'request.procedure', room: 'procedure' },
    { name: 'relation', label: 'request.relation', room: 'relation' },
    { name: 'relation_score', label: 'request.relation_score' },
    { name: 'hopes', label: 'request.hopes', room: 'hope' },
    { name: 'hopes_text', label: 'request.hopes_text' },
  ],
  care: [
    { name: 'precautions', label: 'request.precautions', room: 'precaution' },
    { name: 'contact_hours', label: 'request.contact_hours' },
    { name: 'spoken_language', label: 'request.spoken_language', room: 'language' },
    { name: 'interpreter', label: 'request.interpreter', room: 'answer' },
    { name: 'access_needs', label: 'request.access_needs', room: 'access' },
    { name: 'difficulties', label: 'request.difficulties', room: 'difficulty' },
  ],
  contact: [
    { name: 'first_name', label: 'request.first_name' },
    { name: 'contact_ways', label: 'request.contact_ways', room: 'way' },
    { name: 'phone', label: 'request.phone' },
    { name: 'email', label: 'request.email' },
    { name: 'postal_address', label: 'request.postal_address' },
    { name: 'trusted_person', label: 'request.trusted_person' },
  ],
};
/** Asked in conflicts only; who looks for a tie chose other wishes. */
const OF_A_LINK: Readonly<Record<string, Row>> = {
  hopes: { name: 'hopes', label: 'request.link_hopes', room: 'link_hope' },
};
const ASKED_OF_A_LINK = ['story', 'hopes', 'hopes_text'];

/** Every answer before it is sent, and beside each screen the button that leads back to it; the form keeps what is typed. */
export function Review({ t, answers, where }: { t: PublicTranslate; answers: Answers; where: Where }) {
  return (
    <>
      <div class="field">
        <p>{t('request.review.text')}</p>
      </div>
      {screensOf(answers).map((screen) => {
        const items = rowsOf(screen, answers).flatMap((row) => {
          const says = wordsOf(t, row, answers, where);
          return says
            ? [
                {
                  term: t(row.label),
                  says: (
                    <span class="written" dir="auto">
                      {says}
                    </span>
                  ),
                },
              ]
            : [];
        });
        if (!ROWS[screen]) return null;
        const title = t(`request.${screen}.title` as PublicKey);
        return (
          <section class="card">
            <h2>{title}</h2>
            <Answered t={t} title={title} items={items} />
            <button class="link-button" type="submit" name="go" value={`edit-${screen}`} formnovalidate>
              {t('request.review.change')}
              <span class="spoken"> {title}</span>
            </button>
          </section>
        );
      })}
    </>
  );
}

/** What was answered on one screen; a screen of one question says it once. */
function Answered(props: { t: PublicTranslate; title: string; items: { term: string; says: Child }[] }) {
  const [first, second] = props.items;
  if (!first) return <p>{props.t('request.review.nothing')}</p>;
  if (!second && first.term === props.title) return <p>{first.says}</p>;
  return <DefinitionList items={props.items} />;
}

function rowsOf(screen: Screen, answers: Answers): readonly Row[] {
  const rows = ROWS[screen] ?? [];
  if (screen === 'what' && answers['need'] !== 'service') return rows.filter(({ name }) => name === 'categories');
  if (screen !== 'story' || answers['need'] !== 'link') return rows;
  return rows.filter(({ name }) => ASKED_OF_A_LINK.includes(name)).map((row) => OF_A_LINK[row.name] ?? row);
}

function wordsOf(t: PublicTranslate, { name, room }: Row, answers: Answers, where: Where): string {
  const said = answers[name] ?? [];
  const values = (Array.isArray(said) ? said : [said]).filter(Boolean);
  const words = values.map((value) =>
    room ? t(`request.${room}.${value}` as PublicKey) : nameOf(t, name, value, where),
  );
  return listed(t, words);
}

function nameOf(t: PublicTranslate, name: string, value: string, where: Where): string {
  const called = (list: readonly { code: string; name: string }[]) =>
    list.find(({ code }) => code === value)?.name ?? '';
  if (name === 'quarter') return value === UNKNOWN_QUARTER ? t('request.quarter.unknown') : called(where.quarters);
  if (name === 'place') return value === NO_PLACE ? t('request.place.none') : called(where.places);
  if (name === 'service') return value === OTHER_SERVICE ? t('request.service.other') : called(where.services);
  return value;
}
