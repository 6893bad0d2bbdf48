import type { CaseState } from '../cases/case-status.ts';
import type { Outcome } from '../cases/case-outcome.ts';
import type { Cast, Scene, Telling } from './scene.ts';
import * as early from './early-endings.ts';
import * as withPartner from './partner-stories.ts';
import type { OtherSide, Situation } from './situation.ts';
import * as otherwise from './special-stories.ts';
import { mediated } from './ways-from-mediation.ts';

// The thirty situations of the demonstration town (spec §5.4) with how each ends, and the scenarios of §5.5 that have none of their own.

export type Story = {
  n: number;
  /** Working days after the first story begins. */
  startsAfter: number;
  cast: Cast;
  ends: { state: CaseState; outcome?: Outcome };
  tell: (scene: Scene) => Telling;
};

const NORTH = 'Nadège Kerlidou';
const SOUTH = 'Philippe Astrugue';
const CAST = {
  PEU: { leader: NORTH, mediator: 'Awa Diarrassy' },
  CAS: { leader: NORTH, mediator: 'Leïla Benhadrou' },
  GAR: { leader: NORTH, mediator: 'Julien Marcastel' },
  CEN: { leader: SOUTH, mediator: 'Inès Valdoria' },
  BOR: { leader: SOUTH, mediator: 'Dilek Aktunsel' },
  HAU: { leader: SOUTH, mediator: 'Inès Valdoria' },
} as const satisfies Record<string, Cast>;
const TRANSPORT: Cast = { leader: NORTH, mediator: 'Tomasz Wielgor' };

type Quarter = keyof typeof CAST;
const about = (
  quarter: Quarter,
  category: string,
  domain: Situation['domain'],
  need: Situation['need'],
  complexity: Situation['complexity'],
  name: string,
  told: string,
): Situation => ({
  quarter,
  categories: [category],
  domain,
  need,
  complexity,
  tension: complexity === 'complex' ? '3' : '2',
  told,
  name,
});

const neighbour = (name: string): OtherSide => ({ kind: 'person', name });
const group = (name: string): OtherSide => ({ kind: 'group', name });
const service = (organisation: string, name: string, representative: string, kind: OtherSide['kind'] = 'institution') =>
  ({ kind, name, organisation, representative }) satisfies OtherSide;

type Measured = Extract<Outcome, 'ACCORD_ECRIT' | 'ACCORD_ORAL' | 'APAISE' | 'DIALOGUE_REPRIS' | 'ACCORD_PARTIEL'>;

/** The way most stories go: both sides agree, meet once, and something comes of it. */
function ordinary(
  n: number,
  startsAfter: number,
  situation: Situation,
  other: OtherSide,
  outcome: Measured,
  cast?: Cast,
): Story {
  const agreed = outcome === 'ACCORD_ECRIT' ? { agreed: 'Chacun fait sa part, et on se reparle dans un mois.' } : {};
  return {
    n,
    startsAfter,
    cast: cast ?? CAST[situation.quarter as Quarter],
    ends: { state: 'closed', outcome },
    tell: (scene) => mediated(scene, situation, other, { outcome, ...agreed }),
  };
}

function special(
  n: number,
  startsAfter: number,
  situation: Situation,
  ends: Story['ends'],
  how: (scene: Scene, situation: Situation) => Telling,
  cast?: Cast,
): Story {
  return {
    n,
    startsAfter,
    cast: cast ?? CAST[situation.quarter as Quarter],
    ends,
    tell: (scene) => how(scene, situation),
  };
}

const closed = (outcome: Outcome) => ({ state: 'closed', outcome }) as const;

export const STORIES: readonly Story[] = [
  ordinary(1, 0, about('PEU', 'BRUIT', 'social', 'person', 'standard', 'Élodie', 'Au 12 allée des Peupliers, un bébé dort et un voisin rentre du travail à 3 h : les bruits de pas et de douche réveillent tout le monde.'), neighbour('Karim Belhadj'), 'ACCORD_ORAL'),
  special(2, 0, about('PEU', 'HALL', 'espace_public', 'group', 'collective', 'Georgette', 'Nous n’osons plus passer le soir dans le hall, où des jeunes s’abritent de la pluie.'), closed('APAISE'), otherwise.declinedByNeighbour),
  special(3, 0, about('PEU', 'LOGEMENT', 'social', 'service', 'standard', 'Malika', 'J’écris depuis cinq mois pour une porte cassée. Je ne comprends pas les réponses automatiques.'), closed('ACCORD_ECRIT'), withPartner.lateLandlord),
  ordinary(4, 0, about('GAR', 'TRANSP', 'transports', 'service', 'complex', 'Aurélie', 'Le conducteur de la ligne 3 n’attend pas les poussettes. Lui se sent attaqué chaque matin.'), service('O13', 'TransVairelle', 'Cédric Malval', 'transport'), 'DIALOGUE_REPRIS', TRANSPORT),
  ordinary(5, 1, about('CEN', 'GUICHET', 'social', 'service', 'simple', 'Abdou', 'Je suis reparti trois fois du CCAS sans comprendre quel papier manquait.'), service('O15', 'CCAS de Val-Rivière', 'Rose-May Élin'), 'ACCORD_ORAL'),
  ordinary(6, 1, about('CEN', 'COMMERCE', 'espace_public', 'person', 'standard', 'Solange', 'La terrasse du café de la place du Marché se range trop tard.'), { kind: 'business', name: 'Café de la Halle', representative: 'Le patron' }, 'ACCORD_ECRIT'),
  ordinary(7, 1, about('BOR', 'USAGE', 'espace_public', 'group', 'collective', 'Firmin', 'Au quai des Pêcheurs, les pêcheurs et les jeunes qui se baignent veulent le même ponton l’après-midi.'), group('Les baigneurs du ponton'), 'ACCORD_PARTIEL'),
  special(8, 1, about('HAU', 'MITOYEN', 'social', 'person', 'simple', 'Ginette', 'Nous ne nous parlons plus depuis la taille d’une haie, rue des Merles.'), closed('NON_ENGAGEE_REFUS_AUTRE'), early.refused),
  special(9, 2, about('HAU', 'ECOLE', 'social', 'service', 'collective', 'Hervé', 'Les parents et le collège ne s’écoutent plus depuis le changement d’horaire de la grille.'), closed('ACCORD_ORAL'), otherwise.cannotLead, { leader: SOUTH, mediator: 'Dilek Aktunsel' }),
  special(10, 2, about('CAS', 'DECHETS', 'espace_public', 'service', 'collective', 'Rachida', 'La Ville ne ramasse pas les encombrants, et le service répond qu’ils sont sortis les mauvais jours.'), closed('ACCORD_ECRIT'), withPartner.townAnswers),
  special(11, 2, about('CAS', 'CULTURE', 'culturel', 'person', 'standard', 'Tafsut', 'Deux familles se disputent la cour du Moulin pour une fête. Chacune pense que l’autre lui manque de respect.'), closed('APAISE'), otherwise.withInterpreter),
  special(12, 2, about('PEU', 'JEUNES', 'espace_public', 'group', 'standard', 'Marcel', 'Je demande le silence l’après-midi, des enfants demandent où jouer au ballon.'), closed('ACCORD_ORAL'), withPartner.outreachUnable),
  ordinary(13, 3, about('GAR', 'STATION', 'espace_public', 'group', 'simple', 'Benoît', 'Les vélos des livreurs bloquent la rampe dont j’ai besoin avec mon fauteuil.'), group('Les livreurs de la place'), 'ACCORD_ORAL'),
  ordinary(14, 3, about('CEN', 'INTERGEN', 'culturel', 'service', 'collective', 'Huguette', 'À la médiathèque, lecteurs et lycéens demandent deux règles opposées pour la salle calme.'), service('O01', 'Médiathèque L’Encrier', 'Clarisse Montagnac'), 'ACCORD_ECRIT'),
  special(15, 3, about('CEN', 'GUICHET', 'social', 'service', 'simple', 'Yvonne', 'Je n’ai pas internet. Je n’arrive plus à prendre rendez-vous à la mairie.'), closed('RESOLU_ECOUTE'), early.listenedTo),
  ordinary(16, 3, about('BOR', 'ANIMAUX', 'espace_public', 'group', 'collective', 'Sabrina', 'Au parc des Saules, nous avons peur des chiens sans laisse.'), group('Les propriétaires de chiens'), 'ACCORD_PARTIEL'),
  special(17, 4, about('HAU', 'ISOLEMENT', 'social', 'link', 'standard', 'André', 'J’appelle la mairie au sujet de mes voisins. Je voudrais surtout parler avec quelqu’un.'), closed('RELAIS_PARTENAIRE'), withPartner.lonely),
  ordinary(18, 4, about('PEU', 'NUMERIQUE', 'social', 'group', 'standard', 'Clémence', 'La messagerie du bâtiment C est devenue un lieu de moqueries.'), group('Les habitants du bâtiment C'), 'APAISE'),
  special(19, 4, about('GAR', 'REGROUP', 'espace_public', 'group', 'complex', 'Didier', 'Devant la gare, commerçants et habitués ne sont pas d’accord sur l’usage des bancs.'), closed('ECHEC'), otherwise.fails),
  ordinary(20, 4, about('CAS', 'ODEURS', 'social', 'person', 'simple', 'Monique', 'Les grillades au balcon du 2e entrent par ma fenêtre.'), neighbour('Rui Fonseca'), 'ACCORD_ORAL'),
  ordinary(21, 5, about('CAS', 'ASSO', 'culturel', 'service', 'standard', 'Djibril', 'Le centre social donne toujours les mêmes créneaux aux mêmes associations.'), service('O09', 'Centre social L’Amarre', 'Paulette Nzinga-Roy'), 'ACCORD_ECRIT'),
  special(22, 5, about('PEU', 'DROITS', 'social', 'service', 'simple', 'Fatou', 'La cantine s’est arrêtée, je crois que c’est une punition.'), closed('RESOLU_ECOUTE'), early.listenedTo),
  special(23, 5, about('GAR', 'TRANSP', 'transports', 'service', 'standard', 'Laurent', 'La palette du bus est en panne, je l’ai signalé quatre fois.'), closed('ACCORD_ECRIT'), withPartner.brokenRamp, TRANSPORT),
  special(24, 25, about('CEN', 'USAGE', 'espace_public', 'service', 'collective', 'Noé', 'Nous voulons faire du skate sur le parvis du théâtre, les riverains et la Ville ne sont pas d’accord.'), { state: 'mediation' }, otherwise.stillTalking),
  special(25, 60, about('BOR', 'INCIV', 'espace_public', 'group', 'collective', 'Pascale', 'Sur le chemin de halage, piétons et cyclistes se crient dessus chaque dimanche.'), { state: 'agreements' }, otherwise.gathering),
  special(26, 6, about('HAU', 'LOGEMENT', 'social', 'person', 'standard', 'Julie', 'Nous louons ici. Les propriétaires ont fait commencer le chantier de façade à 7 h, nous ne dormons plus.'), closed('DEMENAGEMENT'), early.movedAway),
  special(27, 0, about('PEU', 'DEGRAD', 'espace_public', 'group', 'standard', 'Odile', 'Des plants ont été arrachés au jardin partagé, les jardiniers et les adolescents s’accusent.'), { state: 'first_contact' }, otherwise.relapse),
  ordinary(28, 6, about('CAS', 'GUICHET', 'social', 'service', 'standard', 'Kevin', 'Je ne veux plus retourner à la mission locale, je me suis senti rabaissé.'), service('O06', 'Mission locale du Bassin de Vairelle', 'Farida Kessous'), 'DIALOGUE_REPRIS'),
  special(29, 6, about('CEN', 'ASSO', 'culturel', 'service', 'standard', 'Timothée', 'Le centre culturel et notre troupe ne se comprennent plus sur le prêt de la salle.'), closed('RETRAIT'), early.withdrawn),
  special(30, 45, about('GAR', 'BRUIT', 'social', 'service', 'collective', 'Michèle', 'Avant l’ouverture de la résidence étudiante, nous demandons une rencontre avec le gestionnaire.'), { state: 'first_contact' }, withPartner.silentPartner),
  special(31, 7, { ...about('HAU', 'ECOLE', 'social', 'person', 'simple', 'Lina', 'Ça ne va plus avec des élèves de ma classe.'), answers: { age_group: 'minor', contact_ways: ['phone'] } }, closed('RELAIS_PARTENAIRE'), withPartner.minor),
  special(32, 7, { ...about('PEU', 'BRUIT', 'social', 'person', 'standard', 'Nora', 'J’ai peur quand il rentre.'), answers: { danger: 'yes' } }, closed('DANGER_ORIENTE'), early.inDanger),
  special(33, 7, about('GAR', 'REGROUP', 'espace_public', 'group', 'standard', '', 'Des voix et de la musique chaque vendredi soir sous les fenêtres.'), closed('ORIENTE'), withPartner.referredByPolice),
]; // prettier-ignore
