import type { Child } from 'hono/jsx';
import type { PublicTranslate } from '../i18n/catalogue.ts';
import { Planks } from './planks.tsx';

/** Back, « Étape 2 sur 6 », the arch of planks, the title. `back` is a `BackLink` or a `BackButton`. */
export function StepHeader(props: { t: PublicTranslate; step: number; total: number; title: string; back?: Child }) {
  const { t, step, total } = props;
  return (
    <div class="step-header">
      {props.back}
      <p class="step-count">{t('ui.step', { step, total })}</p>
      <Planks total={total} current={step} />
      <h1>{props.title}</h1>
    </div>
  );
}
