import type { Answers } from '../http/form-body.ts';
import { one } from '../http/typed-answers.ts';
import type { Translate } from '../i18n/catalogue.ts';
import { BackLink } from '../ui/back.tsx';
import { Button, Buttons } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { ErrorSummary, titleWithErrors } from '../ui/error-summary.tsx';
import { DateField } from '../ui/text-field.tsx';
import type { TownView } from '../ui/town-view.ts';
import type { Absence } from './absence.command.ts';
import type { AbsenceFault } from './absence.form.ts';
import { PartnerLayout } from './partner-layout.tsx';

/** When this contact is away: written down by themselves, taken back by themselves. */
export function AbsencePage({
  t,
  town,
  absences,
  answers = {},
  wrong = [],
}: {
  t: Translate;
  town: TownView;
  absences: readonly Absence[];
  answers?: Answers;
  wrong?: readonly AbsenceFault[];
}) {
  const faults = wrong.map((name) => ({ name, message: t(`partners.absence.wrong.${name}`) }));
  const field = (name: AbsenceFault) => {
    const error = faults.find((fault) => fault.name === name)?.message;
    return { t, name, error, value: one(answers, name) };
  };
  return (
    <PartnerLayout t={t} town={town} title={titleWithErrors(t, t('partners.absence'), faults)}>
      <BackLink href="/partenaire" label={t('partners.intro')} />
      <h1>{t('partners.absence')}</h1>
      <p>{t('partners.absence.text')}</p>
      <ErrorSummary t={t} errors={faults} />
      {absences.map(({ id, from, to }) => (
        <Card title={t('partners.absence.span', { from: t.longDate(from), to: t.longDate(to) })}>
          <form method="post" action={`/partenaire/absence/${id}`}>
            <Button kind="outline">{t('partners.absence.end')}</Button>
          </form>
        </Card>
      ))}
      <form method="post" action="/partenaire/absence" class="form" novalidate>
        <DateField {...field('from_day')} label={t('partners.absence.from')} />
        <DateField {...field('to_day')} label={t('partners.absence.to')} />
        <Buttons>
          <Button>{t('partners.absence.note')}</Button>
        </Buttons>
      </form>
    </PartnerLayout>
  );
}
