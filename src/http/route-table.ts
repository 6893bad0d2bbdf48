/**
 * Who may ask for a route: anybody; the holder of a typed code; somebody at work, second factor shown; an administrator; somebody who
 * has shown a password only; a demo town's visitors.
 */
export type RouteAccess = 'anybody' | 'code' | 'staff' | 'admin' | 'password' | 'demo';
/** `reads`: changes nothing, so it needs no proof of origin. `same_origin`: refused unless it comes from our own pages (T-22). */
export type CsrfStance = 'reads' | 'same_origin';
export type RouteRow = readonly [method: 'GET' | 'POST', path: string, access: RouteAccess, csrf: CsrfStance];

/** Every route of the web. A test compares it with the running app, both ways: a route outside this table fails the build. */
export const ROUTE_TABLE: readonly RouteRow[] = [
  ['GET', '/healthz', 'anybody', 'reads'],
  ['GET', '/readyz', 'anybody', 'reads'],
  ['GET', '/', 'anybody', 'reads'],
  ['GET', '/danger', 'anybody', 'reads'],
  ['GET', '/informations', 'anybody', 'reads'],
  ['GET', '/mentions-legales', 'anybody', 'reads'],
  ['GET', '/accessibilite', 'anybody', 'reads'],
  ['GET', '/demande', 'anybody', 'reads'],
  ['POST', '/demande', 'anybody', 'same_origin'],
  ['GET', '/demande/recu', 'anybody', 'reads'],
  ['GET', '/suivi', 'anybody', 'reads'],
  ['POST', '/suivi', 'anybody', 'same_origin'],
  ['GET', '/suivi/demande', 'code', 'reads'],
  ['POST', '/suivi/message', 'code', 'same_origin'],
  ['GET', '/suivi/arreter', 'code', 'reads'],
  ['POST', '/suivi/arreter', 'code', 'same_origin'],
  ['POST', '/suivi/fermer', 'anybody', 'same_origin'],
  ['GET', '/suivi/courriel', 'code', 'reads'],
  ['POST', '/suivi/courriel', 'code', 'same_origin'],
  ['GET', '/suivi/code-perdu', 'anybody', 'reads'],
  ['POST', '/suivi/code-perdu', 'anybody', 'same_origin'],
  ['GET', '/suivi/code-court', 'anybody', 'reads'],
  ['POST', '/suivi/code-court', 'anybody', 'same_origin'],
  ['GET', '/suivi/remplacer', 'code', 'reads'],
  ['POST', '/suivi/remplacer', 'code', 'same_origin'],
  ['GET', '/suivi/nouveau-code', 'anybody', 'reads'],
  ['GET', '/equipe', 'staff', 'reads'],
  ['GET', '/equipe/demandes/:id', 'staff', 'reads'],
  ['GET', '/equipe/demandes/:id/:action', 'staff', 'reads'],
  ['POST', '/equipe/demandes/:id/:action', 'staff', 'same_origin'],
  ['POST', '/equipe/sortir', 'anybody', 'same_origin'],
  ['GET', '/connexion', 'anybody', 'reads'],
  ['POST', '/connexion', 'anybody', 'same_origin'],
  ['GET', '/connexion/code', 'anybody', 'reads'],
  ['POST', '/connexion/code', 'anybody', 'same_origin'],
  ['GET', '/connexion/activer', 'password', 'reads'],
  ['POST', '/connexion/activer', 'password', 'same_origin'],
  ['POST', '/connexion/activer/code', 'password', 'same_origin'],
  ['GET', '/invitation', 'anybody', 'reads'],
  ['POST', '/invitation', 'anybody', 'same_origin'],
  ['GET', '/administration', 'admin', 'reads'],
  ['GET', '/administration/personnes/:id', 'admin', 'reads'],
  ['POST', '/administration/personnes/:id', 'admin', 'same_origin'],
  ['GET', '/demo', 'demo', 'reads'],
  ['POST', '/demo/entrer', 'demo', 'same_origin'],
  ['POST', '/demo/avancer', 'demo', 'same_origin'],
  ['GET', '/demo/pieces', 'demo', 'reads'],
  ['GET', '/demo/pieces/formulaire', 'demo', 'reads'],
  ['GET', '/demo/pieces/suivi', 'demo', 'reads'],
  ['GET', '/demo/pieces/confirmation', 'demo', 'reads'],
];
