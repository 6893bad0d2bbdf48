/** One file (R97). */
export const MAX_FILE_BYTES = 5_000_000;
/** Photos and documents of one side of a case (R97). */
export const MAX_FILES = 3;
/** All that one side of a case keeps with us, voice included: each side has its own, so that neither leaves the other without room. */
export const MAX_BYTES_OF_A_SIDE = 30_000_000;
/** How long the recorder of the page goes on; a file from elsewhere is bounded by its bytes. */
export const MAX_VOICE_SECONDS = 180;
/** Letters of a name that are kept. */
export const MAX_NAME = 80;
