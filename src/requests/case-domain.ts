import type { CaseDomain } from '../db/tables/case.ts';
import { TRANSPORT_TYPES } from './request-choices.ts';

const SOCIAL = ['BRUIT', 'ODEURS', 'LOGEMENT', 'MITOYEN', 'NUMERIQUE', 'ECOLE', 'GUICHET', 'DROITS', 'ISOLEMENT'];
const CULTURAL = ['CULTURE', 'INTERGEN', 'ASSO'];
const PUBLIC_SPACE = ['HALL', 'REGROUP', 'JEUNES', 'ANIMAUX', 'STATION', 'DECHETS', 'DEGRAD', 'USAGE', 'COMMERCE', 'INCIV']; // prettier-ignore
const CULTURAL_PLACES = ['mediatheque', 'lieu_associatif', 'evenement'];

/** The domain as what was told says it (R13); the team corrects it while reading. The first category that says one decides. */
export function domainOf(categories: readonly string[], placeType: string | null): CaseDomain {
  for (const code of categories) {
    if (code === 'TRANSP') return 'transports';
    if (SOCIAL.includes(code)) return 'social';
    if (CULTURAL.includes(code)) return 'culturel';
    if (PUBLIC_SPACE.includes(code)) return 'espace_public';
  }
  if (placeType !== null && TRANSPORT_TYPES.includes(placeType)) return 'transports';
  return placeType !== null && CULTURAL_PLACES.includes(placeType) ? 'culturel' : 'social';
}
