import type { MessageKey, Translate } from '../i18n/catalogue.ts';
import { DefinitionList } from '../ui/definition-list.tsx';
import type { CaseView } from './case-view.query.ts';

/** What was told on the form besides the story, in the words it was asked in; what was left out is not listed. */
export function SituationList({ t, view }: { t: Translate; view: Pick<CaseView, 'need' | 'placeText' | 'situation'> }) {
  const { situation } = view;
  const words = (room: string, codes: readonly (string | null)[]) =>
    codes.flatMap((code) => (code === null ? [] : [t(`request.${room}.${code}` as MessageKey)])).join(', ');
  const { place, service } = situation;
  const hope = view.need === 'link' ? 'link_hope' : 'hope';
  const told: [MessageKey, (string | null | undefined)[]][] = [
    ['referrals.natures', [situation.natures.map((code) => t(`referrals.nature.${code}`)).join(', ')]],
    ['staff.case.origin', [t(`staff.origin.${situation.origin}`)]],
    ['staff.case.place', [place.name, words('place_type', [place.type]), view.placeText]],
    ['request.transport_line', [place.line]],
    ['request.transport_stop', [place.stop]],
    ['request.service', [service.name, service.text]],
    ['request.since', [words('since', [situation.since])]],
    ['request.frequency', [words('frequency', [situation.frequency])]],
    ['request.moments', [words('moment', situation.moments)]],
    ['request.tried.title', [words('done', situation.doneBefore)]],
    [
      view.need === 'link' ? 'request.link_hopes' : 'request.hopes',
      [words(hope, situation.hopes), situation.hopesText],
    ],
    ['request.procedure', [words('procedure', [situation.procedure])]],
    ['request.access_needs', [words('access', situation.accessNeeds)]],
    ['request.difficulties', [words('difficulty', situation.difficulties)]],
  ];
  const items = told.flatMap(([label, parts]) => {
    const says = parts.filter(Boolean).join(' · ');
    return says ? [{ term: t(label), says: <span class="written">{says}</span> }] : [];
  });
  return <DefinitionList items={items} />;
}
