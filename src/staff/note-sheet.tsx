import type { Child } from 'hono/jsx';
import type { MessageKey, Translate } from '../i18n/catalogue.ts';
import { Lines } from '../ui/card.tsx';
import { DefinitionList } from '../ui/definition-list.tsx';
import type { CaseView } from './case-view.query.ts';
import { nameIn } from './party-choice.tsx';

type Note = CaseView['meetings']['notes'][number];

/** One note as it was written (F4), whatever was answered in it; for the case's mediators and its leader. */
export function NoteSheet({ t, view, note }: { t: Translate; view: CaseView; note: Note }) {
  const nameOf = nameIn(t, view);
  const promised = view.meetings.commitments.filter(({ noteId }) => noteId === note.id);
  const links = view.meetings.links.filter(({ noteId }) => noteId === note.id);
  const items: [MessageKey, Child][] = [
    ['staff.sheet.by', [note.author, note.second].filter(Boolean).join(', ')],
    ['staff.field.present', whoWasThere(t, note, nameOf)],
    ['staff.field.minutes', lengths(t, note)],
    ['staff.sheet.tension', t('staff.sheet.beforeAfter', levels(t, note))],
    ['staff.field.progress', t(`staff.progress.${note.progress}`)],
    ['staff.field.note', note.note && <span class="written">{note.note}</span>],
    ['staff.field.topics', note.topics.map((code) => t(`request.category.${code}` as MessageKey)).join(', ')],
    ['staff.field.registers', note.registers.map((code) => t(`staff.register.${code}` as MessageKey)).join(', ')],
    [
      'staff.session.commitments',
      promised.length > 0 && (
        <Lines
          lines={promised.map(({ partyId, what, byDay }) =>
            t('staff.session.commitment', { who: nameOf(partyId), what, day: t.longDate(byDay) }),
          )}
        />
      ),
    ],
    ['staff.session.links', links.length > 0 && <Lines lines={links.map((link) => linkLine(t, link))} />],
    ['staff.field.safetyAlert', note.safetyAlert && t('staff.yes')],
    ['staff.field.nextStep', nextStep(t, note)],
  ];
  return (
    <section class="party">
      <h4>{[t.dateTime(note.startsAt), t(`staff.noteMode.${note.mode}`)].join(' · ')}</h4>
      <DefinitionList items={items.flatMap(([term, says]) => (says ? [{ term: t(term), says }] : []))} />
    </section>
  );
}

function whoWasThere(t: Translate, note: Note, nameOf: (partyId: string) => string): string {
  return [
    ...note.present.map(nameOf),
    note.participants !== null && t('staff.sheet.participants', { count: note.participants }),
    note.actionKind && t(`staff.actionKind.${note.actionKind}`),
    note.interpreter && t('staff.sheet.interpreter'),
  ]
    .filter(Boolean)
    .join(', ');
}

function lengths(t: Translate, { minutes, travelMinutes }: Note): string {
  const travel = travelMinutes ? t('staff.sheet.travel', { count: travelMinutes }) : '';
  return [t('staff.minutes', { count: minutes }), travel].filter(Boolean).join(', ');
}

function levels(t: Translate, { tensionBefore, tensionAfter }: Note) {
  return { before: tensionName(t, tensionBefore), after: tensionName(t, tensionAfter) };
}

/** « 2 désaccord »: the level with its name, never a colour. */
export function tensionName(t: Translate, level: number): string {
  return t(`staff.tension.${level}` as MessageKey);
}

/** An organisation, what was made of it, and whether it held (R19). */
export function linkLine(t: Translate, { organisation, kind, confirmedAt }: CaseView['meetings']['links'][number]) {
  return [
    organisation,
    t(`staff.linkKind.${kind}`),
    confirmedAt ? t('staff.session.linkConfirmed', { day: t.longDate(confirmedAt) }) : t('staff.session.linkToConfirm'),
  ].join(' · ');
}

function nextStep(t: Translate, note: Note): string {
  return [note.nextStep, note.nextOn && t.longDate(note.nextOn)].filter(Boolean).join(' · ');
}
