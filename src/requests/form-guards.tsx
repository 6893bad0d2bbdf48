import type { PublicTranslate } from '../i18n/catalogue.ts';
import { TRAP } from './filled-by-machine.ts';

/** Worked out by script; the sentence shows once it is done. */
export function Proof({ t, challenge }: { t: PublicTranslate; challenge: string }) {
  return (
    <>
      <input type="hidden" name="proof" value="" data-proof={challenge} />
      <div role="status">
        <p hidden data-proof-done="">
          {t('request.proof.done')}
        </p>
      </div>
    </>
  );
}

/** Not shown and not read aloud; filled by programs only (B-38). */
export function Trap({ t }: { t: PublicTranslate }) {
  return (
    <div hidden>
      <label for={TRAP}>{t('request.trap')}</label>
      <input id={TRAP} name={TRAP} type="text" value="" tabindex={-1} autocomplete="off" />
    </div>
  );
}
