/** @jsxImportSource react */
import { Text } from 'react-email';
import { MailLayout, type MailFrame } from './components/mail-layout.tsx';

export type DayMail = MailFrame & { lines: readonly { number: string; what: string }[] };

/** The one reminder mail a member of staff gets on a day: a line for each demand that waits. */
export function Day({ lines, ...frame }: DayMail) {
  return (
    <MailLayout {...frame}>
      {lines.map((line) => (
        <Text key={`${line.number} ${line.what}`} style={{ fontSize: '16px', lineHeight: '1.5', margin: '0 0 8px' }}>
          <strong>{line.number}</strong> : {line.what}
        </Text>
      ))}
    </MailLayout>
  );
}

Day.PreviewProps = {
  lang: 'fr',
  dir: 'ltr',
  service: 'Médiation Val-Rivière',
  fictional: 'FICTIF',
  title: '2 demandes vous attendent',
  preview: 'lundi 30 novembre',
  paragraphs: ['Bonjour.'],
  lines: [
    { number: 'MS-2026-00123', what: 'à lire avant ce soir' },
    { number: 'MS-2026-00124', what: 'un médiateur est à choisir' },
  ],
  button: { label: 'Ouvrir ma liste', href: 'https://mediation.example/equipe' },
  addressHint: 'Adresse :',
  nothingHappens: 'Ouvrir le lien n’enregistre rien.',
  phone: 'Téléphone : 01 99 00 12 34',
} satisfies DayMail;

export default Day;
