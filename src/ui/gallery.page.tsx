/** Every part for people at work, in each state. For developers only: its examples are no catalogue texts. */
import type { Child } from 'hono/jsx';
import type { Translate } from '../i18n/catalogue.ts';
import { AnswerSign } from './answer-sign.tsx';
import { Button, ButtonLink, Buttons } from './button.tsx';
import { DeadlineChip, StatusChip } from './chips.tsx';
import { Choice } from './choice.tsx';
import { ClockBand } from './clock-band.tsx';
import { EmptyState } from './empty-state.tsx';
import { Flash } from './flash.tsx';
import { worklistGroups, timelineEntries, sections } from './gallery-examples.tsx';
import { NowPanel } from './now-panel.tsx';
import { PagesNav } from './pages-nav.tsx';
import { pictogramNames } from './pictogram-names.ts';
import { Pictogram } from './pictogram.tsx';
import { Planks } from './planks.tsx';
import { SelectField } from './select-field.tsx';
import { DateField, TextField } from './text-field.tsx';
import { Timeline } from './timeline.tsx';
import { WorkLayout } from './work-layout.tsx';
import { WorklistTable } from './worklist-table.tsx';

function Part({ title, children }: { title: string; children?: Child }) {
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

export function GalleryPage({ t }: { t: Translate }) {
  return (
    <WorkLayout
      t={t}
      town={{ name: 'Val-Rivière', isDemo: true }}
      title="Les pièces et leurs états"
      sections={sections}
      person={{ name: 'Nadège Kerlidou', role: 'responsable, équipe Nord' }}
      signOutAction="/sortir"
      banner={
        <Flash kind="changed" main="3 messages attendent depuis 6 minutes.">
          Ils partiront seuls.
        </Flash>
      }
    >
      <h1>Les pièces et leurs états</h1>
      <div class="half-columns">
        <Part title="Boutons">
          <Buttons>
            <Button>Envoyer ma demande</Button>
            <Button kind="outline">Je préfère être rappelé</Button>
            <Button kind="stop">Arrêter ma demande</Button>
            <Button kind="danger" pictogram="phone">
              Oui
            </Button>
            <ButtonLink kind="outline" small href="/">
              Petit
            </ButtonLink>
          </Buttons>
        </Part>
        <Part title="États d’une demande, échéances">
          <div class="case-chips">
            <DeadlineChip t={t} label="mar. 1er déc." datetime="2026-12-01" />
            <DeadlineChip t={t} kind="tonight" label="lun. 30 nov." datetime="2026-11-30" />
            <DeadlineChip t={t} kind="late" label="mar. 24 nov." datetime="2026-11-24" />
            <StatusChip kind="done">Médiation en cours</StatusChip>
            <StatusChip kind="waiting">Attente d’un partenaire</StatusChip>
            <StatusChip kind="danger">Danger signalé</StatusChip>
            <StatusChip>Suspendue jusqu’au 11 janvier</StatusChip>
          </div>
        </Part>
        <Part title="Réponses d’une partie">
          <div class="case-chips">
            <AnswerSign t={t} answer="yes" />
            <AnswerSign t={t} answer="no" />
            <AnswerSign t={t} answer="pending" />
            <AnswerSign t={t} answer="withdrawn" date="3 décembre" />
            <AnswerSign t={t} answer="none" />
          </div>
        </Part>
        <Part title="Choix">
          <Choice
            t={t}
            name="oui"
            label="Voulez-vous un interprète ?"
            kind="radio"
            row
            chosen={['yes']}
            options={[
              { value: 'yes', label: 'Oui' },
              { value: 'no', label: 'Non' },
              { value: 'unknown', label: 'Je ne sais pas' },
            ]}
          />
        </Part>
        <Part title="Champ, aide, erreur">
          <TextField
            t={t}
            name="phone"
            label="Votre téléphone"
            type="tel"
            value="06 39 98"
            hint="Par exemple 06 39 98 12 34."
            error="Il manque des chiffres. Écrivez 10 chiffres."
          />
          <DateField t={t} name="until" label="Jusqu’à quelle date ?" optional />
          <SelectField
            t={t}
            name="waiting"
            label="On attend"
            empty="Tout le monde"
            value="you"
            options={[{ value: 'you', label: 'Vous' }]}
          />
        </Part>
        <Part title="Messages">
          <Flash kind="done" main="Accord noté.">
            La personne peut le retirer à tout moment.
          </Flash>
          <Flash kind="changed" main="La situation a changé pendant que vous écriviez.">
            Votre texte est gardé ci-dessous.
          </Flash>
          <EmptyState main="Rien ne vous attend.">La prochaine échéance est jeudi 3 décembre, à 9 h.</EmptyState>
          <p>Étape 4 sur 6</p>
          <Planks total={6} current={4} />
        </Part>
      </div>
      <Part title="Maintenant">
        <NowPanel
          t={t}
          wait={{
            waitingFor: {
              main: 'Vairelle Habitat',
              detail: 'Damien Forcalquet, et Brigitte Mounier, sa suppléante, depuis vendredi.',
            },
            due: { main: 'mardi 24 novembre', detail: 'en retard de 4 jours ouvrés' },
            otherwise: { main: 'Jeudi 3 décembre, 9 h', detail: 'Hervé Lantier, responsable, reçoit la question.' },
          }}
        >
          <Button pictogram="phone">Noter une réponse au téléphone</Button>
          <Button kind="outline">Donner plus de temps</Button>
        </NowPanel>
        <NowPanel t={t} />
      </Part>
      <Part title="À faire">
        <WorklistTable t={t} groups={worklistGroups} />
        <PagesNav t={t} shown={12} total={34} nextHref="?suite" />
      </Part>
      <Part title="L’histoire">
        <Timeline t={t} entries={timelineEntries} />
      </Part>
      <Part title="L’horloge">
        <ClockBand
          lead="Il est"
          date="lundi 30 novembre 2026"
          detail="10 h 20 à Val-Rivière"
          buttons={
            <>
              <Button kind="lamp" arrow>
                Avancer à la prochaine échéance
              </Button>
              <Button kind="outline">1 semaine</Button>
            </>
          }
          upcoming={[{ when: 'mardi 1er, 9 h', what: 'MS-2026-00119 : seul rappel à la personne' }]}
        />
      </Part>
      <Part title="Les pictogrammes">
        <ul class="gallery-pictograms">
          {pictogramNames.map((name) => (
            <li>
              <Pictogram name={name} size="medium" />
              {name}
            </li>
          ))}
        </ul>
      </Part>
    </WorkLayout>
  );
}
