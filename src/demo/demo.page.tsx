import type { Translate } from '../i18n/catalogue.ts';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { ClockBand } from '../ui/clock-band.tsx';
import { DateField } from '../ui/text-field.tsx';
import { StoriesCard } from './stories-card.tsx';
import { Flash } from '../ui/flash.tsx';
import type { TownView } from '../ui/town-view.ts';
import { WorkLayout } from '../ui/work-layout.tsx';
import { waitName } from '../staff/wait-name.ts';
import type { DemoView } from './demo.query.ts';

/** The demonstration: the town's clock, everybody one may be, the mailbox. */
export function DemoPage({
  t,
  town,
  view,
  mailbox,
  unread,
}: {
  t: Translate;
  town: TownView;
  view: DemoView;
  mailbox: string | undefined;
  /** The day that was typed is none. */
  unread: boolean;
}) {
  const days = Math.round(view.aheadMs / 86_400_000);
  const hour = t.hour(view.now);
  const { journey } = view;
  const running = journey?.state === 'asked' || journey?.state === 'running';
  return (
    <WorkLayout
      t={t}
      town={town}
      title={t('demo.title')}
      sections={[
        { href: '/', label: t('demo.public'), isCurrent: false },
        { href: '/demo/pieces', label: t('demo.parts'), isCurrent: false },
      ]}
    >
      <h1>{t('demo.title')}</h1>
      <p>{t('demo.fictional')}</p>
      {running && <Flash kind="changed" main={t('demo.running', { count: journey.instants })} />}
      {(journey?.state === 'refused' || journey?.state === 'stopped') && (
        <Flash kind="changed" main={t(`demo.refused.${refusedBecause(journey.reason)}`)} />
      )}
      <form method="post" action="/demo/avancer">
        <ClockBand
          lead={t('demo.now')}
          date={t.longDateYear(view.now)}
          detail={
            days > 0 ? t('demo.ahead', { hour, town: town.name, days }) : t('demo.clock', { hour, town: town.name })
          }
          buttons={
            <>
              <Button kind="lamp" name="stretch" value="next" arrow>
                {t('demo.next')}
              </Button>
              <Button kind="outline" name="stretch" value="day">
                {t('demo.day')}
              </Button>
              <Button kind="outline" name="stretch" value="week">
                {t('demo.week')}
              </Button>
              <DateField
                t={t}
                name="until"
                label={t('demo.until')}
                error={unread ? t('demo.until.error') : undefined}
              />
              <Button kind="outline" name="stretch" value="until">
                {t('demo.until.go')}
              </Button>
            </>
          }
          upcoming={view.upcoming.flatMap((entry) =>
            entry.nextAt && entry.nextAction
              ? [
                  {
                    when: t.shortDateTime(entry.nextAt),
                    what: `${entry.number} : ${waitName(t, entry)}, ${t(`staff.then.${entry.nextAction}`)}`,
                  },
                ]
              : [],
          )}
        />
      </form>
      <StoriesCard t={t} stories={view.stories} />
      <div class="case-columns">
        <div>
          <h2>{t('demo.enterAs')}</h2>
          <h3>{t('demo.residents')}</h3>
          <ul class="person-list">
            <li class="person-card">
              <p>
                <strong>{t('demo.newPerson')}</strong>

                <span class="about">{t('demo.newPersonText')}</span>
              </p>
              <ButtonLink href="/" kind="outline" small>
                {t('demo.enter')}
              </ButtonLink>
            </li>
          </ul>
          <h3>{t('demo.team')}</h3>
          <ul class="person-list">
            {view.people.map((person) => (
              <li class="person-card">
                <p>
                  <strong>{person.name}</strong>

                  <span class="about">{person.roles.map((role) => t(`staff.role.${role}`)).join(', ')}</span>
                  {` · ${t('demo.waiting', { count: person.waiting })}`}
                </p>
                <form method="post" action="/demo/entrer">
                  <input type="hidden" name="person" value={person.id} />
                  <Button kind="outline" small>
                    {t('demo.enter')}
                  </Button>
                </form>
              </li>
            ))}
          </ul>
          <h3>{t('demo.partners')}</h3>
          <p class="hint">{t('demo.partners.text')}</p>
          <ul class="person-list">
            {view.contacts.map(({ name, organisation, email }) => (
              <li class="person-card">
                <p>
                  <strong>{name}</strong>

                  <span class="about">{organisation}</span>
                </p>
                <form method="post" action="/partenaire">
                  <input type="hidden" name="email" value={email} />
                  <Button kind="outline" small>
                    {t('partners.askCode')}
                  </Button>
                </form>
              </li>
            ))}
          </ul>
        </div>
        <div>
          <Card title={t('demo.mailbox')}>
            {mailbox && (
              <p>
                <a href={mailbox}>{t('demo.mailboxLink')}</a>
              </p>
            )}
          </Card>
        </div>
      </div>
    </WorkLayout>
  );
}

const MISSING = ['temporal_down', 'worker_down', 'smtp_down'] as const;

function refusedBecause(reason: string | null): (typeof MISSING)[number] | 'other' {
  return MISSING.find((known) => known === reason) ?? 'other';
}
