import type { PublicTranslate } from '../i18n/catalogue.ts';
import { BackLink } from '../ui/back.tsx';
import { Button, Buttons } from '../ui/button.tsx';
import { SingleCheckbox } from '../ui/choice.tsx';
import { Flash } from '../ui/flash.tsx';
import { PublicLayout } from '../ui/public-layout.tsx';
import { SafetyNumbers } from '../ui/safety-numbers.tsx';
import type { TownView } from '../ui/town-view.ts';

export type DangerPageProps = {
  t: PublicTranslate;
  town: TownView;
  action: string;
  back: string;
  form: string;
  minor: boolean;
  held: boolean;
  /** When the team reads it next; none while it is open. */
  opensAt: Date | undefined;
  notice?: string | undefined;
  /** Of a partner: there is no other language of it. */
  french?: boolean | undefined;
  /** The box about the family, as it was ticked. */
  family?: boolean | undefined;
};

const FORM = 'say-danger';

/**
 * « Quelqu’un est en danger », for everybody with a page about a request (T2): first whom to call, then the team is told. It calls nobody,
 * promises nothing, stands in no one’s way (§4.11).
 */
export function DangerPage({ t, town, action, back, form, minor, held, opensAt, ...said }: DangerPageProps) {
  const { notice, family } = said;
  return (
    <PublicLayout
      t={t}
      town={town}
      title={t('follow.danger.title')}
      help={true}
      french={said.french}
      form={{ id: FORM }}
    >
      <BackLink href={back} label={t('ui.back')} />
      <h1>{t('follow.danger.title')}</h1>
      <SafetyNumbers t={t} town={town} minor={minor} />
      <p>
        <strong>{t('home.safety.nobodyCalled')}</strong> {t('home.safety.notEmergency')}
      </p>
      <h2>{t('follow.danger.team')}</h2>
      {notice && <Flash kind="changed" main={notice} />}
      <p>{teamReads(t, opensAt)}</p>
      {held && <p>{t('follow.danger.held')}</p>}
      <form id={FORM} method="post" action={action} class="form">
        <input type="hidden" name="form" value={form} />
        <SingleCheckbox
          t={t}
          name="family"
          label={t('follow.danger.family')}
          hint={t('follow.danger.family.hint')}
          checked={family}
        />
        <Buttons>
          <Button kind="danger" name="who" value="self">
            {t('follow.danger.self')}
          </Button>
          <Button kind="danger" name="who" value="other">
            {t('follow.danger.other')}
          </Button>
        </Buttons>
      </form>
    </PublicLayout>
  );
}

/** It was said: whom to call stays first, then when the team reads it. */
export function DangerSaid({ t, opensAt }: { t: PublicTranslate; opensAt: Date | undefined }) {
  return (
    <Flash kind="done" main={t('follow.danger.said')}>
      {t('follow.danger.call')} {teamReads(t, opensAt)} <a href="/danger">{t('ui.danger.all')}</a>
    </Flash>
  );
}

/** When the team is told: at once in opening hours, otherwise when it opens next (spec §4.4). */
export function teamReads(t: PublicTranslate, opensAt: Date | undefined): string {
  return opensAt ? t('follow.danger.closed', { instant: t.dateTime(opensAt) }) : t('follow.danger.open');
}
