/** Every part for residents, in each state. For developers only: its examples are no catalogue texts. */
import type { Translate } from '../i18n/catalogue.ts';
import { BackLink } from './back.tsx';
import { Button, Buttons, PrintButton } from './button.tsx';
import { Choice, SingleCheckbox } from './choice.tsx';
import { Confirmation } from './confirmation.tsx';
import { ErrorSummary, titleWithErrors } from './error-summary.tsx';
import { MessageList } from './message-list.tsx';
import { NumberedSteps } from './numbered-steps.tsx';
import { PictogramChoice } from './pictogram-choice.tsx';
import { Pictogram } from './pictogram.tsx';
import { PublicLayout } from './public-layout.tsx';
import { Slip } from './slip.tsx';
import { StatusCard } from './status-card.tsx';
import { StepHeader } from './step-header.tsx';
import { TextArea } from './text-area.tsx';
import { TextField } from './text-field.tsx';
import type { TownView } from './town-view.ts';

interface Props {
  t: Translate;
  town: TownView;
}

const errors = [{ name: 'quarter', message: 'Choisissez un quartier, ou « Je ne sais pas ».' }];

/** A step of the form with one answer missing. */
export function StepGalleryPage({ t, town }: Props) {
  const title = 'Ce qui se passe, et où';
  return (
    <PublicLayout t={t} town={town} title={titleWithErrors(t, title, errors)} help>
      <ErrorSummary t={t} errors={errors} />
      <StepHeader t={t} step={2} total={6} title={title} back={<BackLink href="/" label={t('ui.back')} />} />
      <PictogramChoice
        t={t}
        name="category"
        label="Cela concerne quoi ?"
        hint="Choisissez de 1 à 3 images."
        chosen={['BRUIT']}
        groups={[
          {
            heading: 'Dans mon immeuble, chez moi',
            options: [
              { value: 'BRUIT', label: 'Bruit', pictogram: 'bruit' },
              { value: 'HALL', label: 'Hall, escalier', pictogram: 'hall' },
              { value: 'ODEURS', label: 'Odeurs, fumée, barbecue', pictogram: 'odeurs' },
              { value: 'NUMERIQUE', label: 'Messagerie de l’immeuble', pictogram: 'numerique' },
            ],
          },
          {
            heading: 'Entre nous',
            options: [{ value: 'INTERGEN', label: 'Entre générations', pictogram: 'intergen' }],
          },
        ]}
      />
      <Choice
        t={t}
        name="quarter"
        label="Dans quel quartier ?"
        kind="radio"
        row
        hint="L’adresse exacte n’est pas demandée."
        error={errors[0]?.message}
        options={['Les Peupliers', 'La Cascade-Moulin', 'Centre-Ancien', 'Je ne sais pas'].map((label) => ({
          value: label,
          label,
        }))}
      />
      <TextField
        t={t}
        name="place"
        label="Quel endroit ?"
        optional
        hint="Par exemple : hall du 12 allée des Peupliers, ligne 3."
        value="le hall, côté allée des Peupliers"
      />
      <TextArea t={t} name="story" label="Racontez avec vos mots" limit={1500} optional />
      <SingleCheckbox t={t} name="agree" label="J’accepte qu’un médiateur me contacte." checked />
      <Buttons>
        <Button arrow>Continuer</Button>
        <Button kind="outline">Je préfère être rappelé</Button>
      </Buttons>
    </PublicLayout>
  );
}

/** Receipt, state, messages, and a question that stands in for a dialog. */
export function FollowGalleryPage({ t, town }: Props) {
  return (
    <PublicLayout t={t} town={town} title="Merci. Nous avons reçu votre demande." help>
      <div class="big-check">
        <Pictogram name="check" />
        <h1>Merci. Nous avons reçu votre demande.</h1>
      </div>
      <Slip
        t={t}
        town={town}
        number="MS-2026-00123"
        code="K7M4QT9XR2H6WDP3VBNC8JEFY"
        receivedAt={t.dateTime('2026-11-23T09:12:00Z')}
        readBefore={t.longDate('2026-11-25')}
        followAddress="https://mediation.val-riviere.example/suivi"
      />
      <Buttons>
        <PrintButton kind="filled">Imprimer ce papier</PrintButton>
      </Buttons>
      <h2>Ce qui se passe maintenant</h2>
      <NumberedSteps
        steps={[
          { title: 'Avant le mercredi 25 novembre', text: 'Une personne de l’équipe lit votre demande.' },
          { title: 'À tout moment', text: 'Vous pouvez arrêter. Il n’y a aucune conséquence.' },
        ]}
      />
      <h2>Où en est-on ?</h2>
      <StatusCard
        t={t}
        today="Aujourd’hui, lundi 30 novembre"
        state="Un médiateur va vous appeler."
        next="Julien, médiateur, vous appelle avant la fin du mardi 1er décembre."
        steps={{
          labels: ['Demande reçue', 'Demande lue', 'Premier appel', 'Accord de chacun', 'Médiation', 'Des nouvelles'],
          current: 2,
        }}
        questions={[
          { question: 'Et après ?', answer: 'Le médiateur propose la médiation à l’autre personne.' },
          { question: 'Et si personne ne m’appelle ?', answer: 'Mercredi 2 décembre, la responsable est prévenue.' },
        ]}
      />
      <h2>Vos messages avec l’équipe</h2>
      <MessageList
        t={t}
        messages={[
          {
            from: 'Nadège, responsable d’équipe',
            isMine: false,
            at: 'jeudi 26 novembre, 9 h 40',
            datetime: '2026-11-26T08:40:00Z',
            text: 'Bonjour. Votre demande est acceptée. À quel moment peut-on vous appeler ?',
          },
          {
            from: t('ui.messages.you'),
            isMine: true,
            at: 'jeudi 26 novembre, 18 h 05',
            datetime: '2026-11-26T17:05:00Z',
            text: 'Le matin, avant midi. Merci.',
          },
        ]}
      />
      <TextArea t={t} name="message" label="Écrire à l’équipe" hint="N’écrivez pas le nom des autres personnes." />
      <Buttons>
        <Button>Envoyer mon message</Button>
        <Button kind="stop">Arrêter ma demande</Button>
      </Buttons>
    </PublicLayout>
  );
}

/** The question that stands in for a dialog. */
export function ConfirmationGalleryPage({ t, town }: Props) {
  return (
    <PublicLayout t={t} town={town} title="Voulez-vous arrêter ?" help>
      <Confirmation
        question="Voulez-vous arrêter ?"
        back={<BackLink href="/" label="Retour à ma demande" />}
        consequences={{
          title: 'Si vous arrêtez',
          lines: [
            'Le médiateur ne vous appelle plus.',
            'Il n’y a aucune conséquence. Vous n’avez pas à dire pourquoi.',
          ],
        }}
      >
        <Choice
          t={t}
          name="choice"
          label="Que voulez-vous ?"
          kind="radio"
          options={[
            { value: 'stop', label: 'Arrêter ma demande' },
            { value: 'go', label: 'Continuer' },
          ]}
        />
        <Button>Valider mon choix</Button>
      </Confirmation>
    </PublicLayout>
  );
}
