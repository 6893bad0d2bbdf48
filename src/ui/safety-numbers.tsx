import type { PublicTranslate } from '../i18n/catalogue.ts';
import { CallCard, type Helpline, Helplines } from './call-card.tsx';

/** The numbers of spec §4.11 where somebody is in danger. With a child, those for children come first. */
export function SafetyNumbers({ t, minor }: { t: PublicTranslate; minor: boolean }) {
  const children: Helpline[] = [
    { number: '119', who: t('home.safety.child'), when: t('home.safety.childWhen') },
    { number: '3018', who: t('home.safety.school'), when: t('home.safety.schoolWhen') },
  ];
  const couple: Helpline = { number: '3919', who: t('home.safety.couple'), when: t('home.safety.coupleWhen') };
  return (
    <>
      {minor && <Helplines lines={children} />}
      <div class="calls">
        <CallCard urgent number="17" who={t('home.safety.police')} />
        <CallCard urgent number="112" who={t('home.safety.europe')} />
        <CallCard wide by="sms" number="114" who={t('home.safety.sms')} detail={t('home.safety.smsHow')} />
      </div>
      <Helplines lines={minor ? [couple] : [couple, ...children]} />
      <p>
        <a href="/danger">{t('ui.danger.all')}</a>
      </p>
    </>
  );
}
