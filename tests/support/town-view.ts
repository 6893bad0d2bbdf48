import type { TownView } from '../../src/ui/town-view.ts';

/** The invented town as pages and papers show it, where nothing stands in a database. */
export const VAL_RIVIERE: TownView = {
  name: 'Val-Rivière',
  isDemo: true,
  phone: '01\u00a099\u00a000\u00a012\u00a034',
  phoneHref: 'tel:+33199001234',
  email: 'mediation@val-riviere.example',
  address: '4 place du Lavoir, 09900 Val-Rivière',
  openingHours: 'du lundi au vendredi, 9 h – 12 h 30 et 13 h 30 – 17 h 30',
  deskHours: 'le mardi et le jeudi, 14 h – 18 h',
  controller: 'Ville de Val-Rivière',
  processor: 'Trait d’Union Vairelle',
  dpoContact: 'dpo@val-riviere.example',
  legalBasis: 'mission d’intérêt public (RGPD, article 6.1.e)',
  retentionMonths: 12,
  interpreters: true,
};
