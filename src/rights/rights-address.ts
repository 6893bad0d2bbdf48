/** Where both sides' own pages lead for « Mes droits ». */
export const RIGHTS_ADDRESS = '/suivi/droits';
