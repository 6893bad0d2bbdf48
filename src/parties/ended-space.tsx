import { DeedDone } from '../follow/own-deed.tsx';
import { isActive } from '../cases/case-status.ts';
import { DangerSaid } from '../follow/danger.page.tsx';
import { SayDanger } from '../follow/say-danger.tsx';
import { ClosePage } from '../ui/close-page.tsx';
import { Flash } from '../ui/flash.tsx';
import { PublicLayout } from '../ui/public-layout.tsx';
import { StatusCard } from '../ui/status-card.tsx';
import { OwnRights } from './own-access.tsx';
import { OwnMessages } from './own-messages.tsx';
import type { SpaceProps } from './party.page.tsx';
import { SPACE } from './space-address.ts';

/**
 * The page of a party that takes part no more: where it stands, and how it comes back to us while its contact is kept. Nothing of what goes on
 * without it (R32); its own letters with the team stay, and what it had typed is not lost.
 */
export function EndedSpace({ t, town, space, deed, danger, ...sent }: SpaceProps) {
  const { number, state, now, agreement } = space;
  const notice = sent.messageError ?? sent.voiceError ?? sent.notice;
  const typed = [sent.typed, sent.answers?.['may_say']].filter(Boolean);
  return (
    <PublicLayout t={t} town={town} title={t('parties.title')} help={true}>
      <p class="above-title">{t('parties.number', { number })}</p>
      <h1>{t('parties.title')}</h1>
      {danger && <DangerSaid t={t} {...danger} />}
      <DeedDone t={t} deed={deed} party saidNo={agreement.standing === 'no'} />
      {notice && <Flash kind="changed" main={notice} />}
      {typed.map((text) => (
        <p class="written" dir="auto">
          {text}
        </p>
      ))}
      <StatusCard
        t={t}
        today={t('follow.today', { date: t.longDate(now) })}
        state={t(`parties.state.${agreement.standing}`)}
      />
      <p>{t('parties.comeBack', { phone: town.phone })}</p>
      {space.messages.length > 0 && <OwnMessages t={t} messages={space.messages} />}
      {isActive(state) && <SayDanger t={t} href={`${SPACE}/danger`} />}
      <OwnRights t={t} />
      <ClosePage t={t} />
    </PublicLayout>
  );
}
