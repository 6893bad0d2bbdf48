// What the service never asks and never keeps (R78), and what it keeps of courts (R80), as words that names of fields and columns are made of.

const NEVER_KEPT = new Set([
  'health', 'illness', 'disease', 'disability', 'disabled', 'handicap', 'medical', 'treatment', 'diagnosis', 'addiction',
  'origin', 'ethnic', 'ethnicity', 'race', 'racial', 'colour', 'nationality', 'citizenship', 'country', 'birthplace',
  'religion', 'religious', 'belief', 'faith', 'opinion', 'opinions', 'political', 'politics', 'party_membership', 'vote', 'union',
  'sexuality', 'sexual', 'sex', 'gender', 'immigration', 'migrant', 'visa', 'permit', 'asylum', 'papers',
]); // prettier-ignore
const OF_A_COURT = new Set([
  'procedure', 'court', 'trial', 'judge', 'judgment', 'judicial', 'lawsuit', 'prosecutor', 'offence', 'offense', 'crime', 'criminal', 'felony', 'conviction', 'convicted',
  'sentence', 'record', 'police', 'complaint', 'arrest', 'custody', 'victim', 'suspect', 'perpetrator',
]); // prettier-ignore

const wordsOf = (name: string) =>
  name
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z]+/);

/** Whether a name of a field or a column speaks of what is never kept. */
export function namesForbiddenData(name: string): boolean {
  return wordsOf(name).some((word) => NEVER_KEPT.has(word));
}

/** Whether it speaks of a court, an offence or a complaint. */
export function namesOffenceData(name: string): boolean {
  return wordsOf(name).some((word) => OF_A_COURT.has(word));
}

/** The same in the words people read: a question or a choice that asks for it. */
export const ASKS_FOR_FORBIDDEN =
  /santé|malad|handicap|diagnos|traitement médical|religi|croyan|confession|ethni|d.origine|nationalit|citoyennet|pays de naissance|titre de séjour|sans.papiers|immigr|opinion politique|syndica|orientation sexuelle|sexe\b|sexualit|(?:votre|identité de) genre/i;
export const ASKS_FOR_OFFENCES = /infraction|délit|plainte|condamn|casier|garde à vue|procès-verbal|\bjug(?:e|é|ement)|tribunal|procureur/i; // prettier-ignore
