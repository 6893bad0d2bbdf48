import { translator } from '../../src/i18n/catalogue.ts';
import type { MailFrame } from './mail-layout.tsx';
import { ownUrl, sayer, type TeamSay, townWords } from './mail-words.ts';

/** The frame of the mails shown while one works on them: the invented town, nobody's data (B-91). */
export function previewFrame(path: string): MailFrame<TeamSay> {
  return {
    say: sayer(translator('fr')),
    town: townWords({
      name: 'Val-Rivière',
      phone: '01 99 00 12 34',
      email: 'mediation@val-riviere.example',
      address: '4 place du Lavoir, 09900 Val-Rivière',
      openingHours: 'du lundi au vendredi, 9 h – 12 h 30 et 13 h 30 – 17 h 30',
      isDemo: true,
    }),
    page: ownUrl('https://mediation.val-riviere.example', path),
  };
}
