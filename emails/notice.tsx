/** @jsxImportSource react */
import { MailLayout, type MailFrame } from './components/mail-layout.tsx';

/** A mail of a few sentences: receipts, questions and closings to residents; alerts and assignments to staff. */
export function Notice(props: MailFrame) {
  return <MailLayout {...props} />;
}

Notice.PreviewProps = {
  lang: 'fr',
  dir: 'ltr',
  service: 'Médiation Val-Rivière',
  fictional: 'FICTIF',
  title: 'Votre demande n° MS-2026-00123',
  preview: 'Votre demande n° MS-2026-00123',
  paragraphs: ['Nous avons bien reçu votre demande.', 'Nous la lisons avant la fin du mercredi 25 novembre.'],
  button: { label: 'Suivre la demande MS-2026-00123', href: 'https://mediation.example/suivi' },
  addressHint: 'Adresse :',
  nothingHappens: 'Ouvrir le lien n’enregistre rien.',
  phone: 'Téléphone : 01 99 00 12 34',
} satisfies MailFrame;

export default Notice;
