import type { PublicTranslate } from '../i18n/catalogue.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';

/** « Être rappelé avec un interprète » (§4.8), on both sides' own pages. */
export function InterpreterCard({ t, action }: { t: PublicTranslate; action: string }) {
  return (
    <Card title={t('follow.interpreter.title')}>
      <p>{t('follow.interpreter.text')}</p>
      <form method="post" action={action}>
        <Button kind="outline">{t('follow.interpreter.button')}</Button>
      </form>
    </Card>
  );
}
