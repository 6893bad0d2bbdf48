import { type HelplineWords, helplineWords } from '../helplines/helpline-words.ts';
import { type HelplineRow, helplinesFor, shownHelplines } from '../helplines/helpline.ts';
import type { PublicTranslate } from '../i18n/catalogue.ts';
import { CallCard, Helplines } from './call-card.tsx';
import type { TownView } from './town-view.ts';

/** The numbers of spec §4.11 where somebody is in danger. With a child, those for children come first. */
export function SafetyNumbers({ t, town, minor }: { t: PublicTranslate; town: TownView; minor: boolean }) {
  const rows = shownHelplines(town);
  const talk = (audience: HelplineRow['audience']) =>
    helplinesFor(town, audience)
      .filter(({ list }) => list === 'talk')
      .map((row) => helplineWords(t, row));
  return (
    <>
      {minor && <Helplines lines={talk('children')} />}
      <div class="calls">
        <EmergencyCards t={t} rows={rows.filter(({ code }) => CALLED_FIRST.includes(code))} />
      </div>
      <Helplines lines={minor ? talk('couples') : [...talk('couples'), ...talk('children')]} />
      <p>
        <a href="/danger">{t('ui.danger.all')}</a>
      </p>
    </>
  );
}

/** Whom somebody under eighteen may call: 119 and 3018, where the town has not set others. */
export function forChildren(t: PublicTranslate, town: TownView): HelplineWords[] {
  return helplinesFor(town, 'children').map((row) => helplineWords(t, row));
}

const CALLED_FIRST = ['police', 'europe', 'sms'];
/** Red: 17 and 112 only. */
const URGENT = ['police', 'europe'];

/** Numbers that come to help, as cards. */
export function EmergencyCards({ t, rows }: { t: PublicTranslate; rows: readonly HelplineRow[] }) {
  return (
    <>
      {rows.map((row) => {
        const { number, who, when, lang } = helplineWords(t, row);
        const bySms = row.by === 'sms';
        const detail = bySms ? (when ?? t('home.safety.smsHow')) : when;
        return (
          <CallCard
            urgent={URGENT.includes(row.code)}
            wide={bySms}
            by={row.by}
            number={number}
            who={who}
            detail={detail}
            lang={lang}
          />
        );
      })}
    </>
  );
}
