/** Where the other party's own space stands. */
export const SPACE = '/suivi/participation';
