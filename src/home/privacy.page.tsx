import { KEPT_DAYS_AFTER_CALL, KEPT_MONTHS_AT_MOST } from '../calls/call-choices.ts';
import type { PublicTranslate } from '../i18n/catalogue.ts';
import { Card, Lines } from '../ui/card.tsx';
import { DefinitionList } from '../ui/definition-list.tsx';
import { PublicLayout } from '../ui/public-layout.tsx';
import { RichText } from '../ui/rich-text.tsx';
import { TownAddress } from '../ui/town-address.tsx';
import type { TownView } from '../ui/town-view.ts';
import { WhoReads } from '../ui/who-reads.tsx';

interface Props {
  t: PublicTranslate;
  town: TownView;
}

/** The notice in layers (R74, R76): the five lines everybody can read, then each point in full. */
export function PrivacyPage({ t, town }: Props) {
  const months = town.retentionMonths;
  return (
    <PublicLayout t={t} town={town} title={t('legal.privacy.title')}>
      <h1>{t('legal.privacy.title')}</h1>
      <Card title={t('legal.privacy.short')}>
        <Lines
          lines={[
            t('legal.privacy.short1'),
            t('legal.privacy.short2'),
            t('legal.privacy.short3'),
            t('legal.privacy.short4', { months }),
            t('legal.privacy.short5'),
          ]}
        />
      </Card>
      <h2>{t('legal.privacy.controller')}</h2>
      <p>{t('legal.privacy.controllerText', { controller: town.controller })}</p>
      <p>{t('legal.privacy.processorText', { processor: town.processor })}</p>
      <h2>{t('legal.privacy.purpose')}</h2>
      <p>{t('legal.privacy.purposeText')}</p>
      <h2>{t('legal.privacy.basis')}</h2>
      <p>{t('legal.privacy.basisText', { basis: town.legalBasis })}</p>
      <h2>{t('legal.privacy.data')}</h2>
      <p>{t('legal.privacy.dataText')}</p>
      <WhoReads t={t} />
      <h2>{t('legal.privacy.duration')}</h2>
      <Lines
        lines={[
          t('legal.privacy.durationDraft'),
          t('legal.privacy.durationCase', { months }),
          t('legal.privacy.durationFiles'),
          ...(town.interpreters
            ? [t('legal.privacy.durationCall', { days: KEPT_DAYS_AFTER_CALL, months: KEPT_MONTHS_AT_MOST })]
            : []),
          t('legal.privacy.durationRedirected'),
          t('legal.privacy.durationLog'),
        ]}
      />
      <Rights t={t} town={town} />
      <h2>{t('legal.privacy.court')}</h2>
      <p>{t('legal.privacy.courtText')}</p>
      <p>{t('legal.privacy.courtWitness')}</p>
    </PublicLayout>
  );
}

function Rights({ t, town }: Props) {
  return (
    <>
      <h2>{t('legal.privacy.rights')}</h2>
      <p>{t('legal.privacy.rightsText')}</p>
      <p>{t('legal.privacy.rightsHow')}</p>
      <p>{t('legal.privacy.automatic')}</p>
      <DefinitionList
        items={[
          { term: t('legal.privacy.rightsContact'), says: town.dpoContact },
          { term: t('legal.privacy.rightsPhone'), says: <a href={town.phoneHref}>{town.phone}</a> },
          { term: t('legal.privacy.rightsAddress'), says: <TownAddress town={town} /> },
        ]}
      />
      <h3>{t('legal.privacy.complaint')}</h3>
      <p>
        <RichText
          t={t}
          id="legal.privacy.complaintText"
          parts={{ site: <a href="https://www.cnil.fr/fr/plaintes">www.cnil.fr</a> }}
        />
      </p>
    </>
  );
}
