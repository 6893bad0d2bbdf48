/** The names a container gives to a track of pictures: MP4's handler, WebM's and Ogg's codecs. */
const PICTURES = ['vide', 'V_VP8', 'V_VP9', 'V_AV1', 'V_MPEG', '\x80theora', 'OVP80'];
/** Where they stand: WebM and Ogg say it first, MP4 often last. */
const LOOKED_AT = 256_000;

/** Whether a recording is a film: faces are never asked for, and a film shows them (R97). */
export function holdsPictures(bytes: Buffer): boolean {
  const ends = [bytes.subarray(0, LOOKED_AT), bytes.subarray(-LOOKED_AT)];
  return ends.some((end) =>
    PICTURES.some((name) => {
      const at = end.indexOf(name, 0, 'latin1');
      // « vide » is the kind of a handler only after its name.
      return at >= 0 && (name !== 'vide' || end.subarray(Math.max(0, at - 12), at).includes('hdlr'));
    }),
  );
}
