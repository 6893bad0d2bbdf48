import { MASK_REASONS } from '../cases/masked-texts.ts';
import type { Translate } from '../i18n/catalogue.ts';
import { SelectField } from '../ui/select-field.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { ANSWER_LIMIT } from './act.form.ts';
import { type MaskableText, maskableTexts } from './act-choices.ts';
import { CodeChoice, type FieldsOf, typedOf } from './act-fields.tsx';
import type { CaseView } from './case-view.query.ts';
import { whoOf } from './messages-card.tsx';

/** So many signs tell one message from another. */
const BEGINNING = 40;

export const MASK_FIELDS = {
  masquer: (props) => {
    const { t, value, field } = typedOf(props);
    const texts = maskableTexts(props.view);
    const [only] = texts.length === 1 ? texts : [];
    return (
      <>
        <SelectField
          {...field('masked')}
          label={t('staff.field.masked')}
          empty={only ? undefined : t('staff.field.masked.none')}
          value={value('masked') ?? only?.value}
          options={texts.map((text) => ({ value: text.value, label: nameOf(t, props.view, text) }))}
        />
        <TextArea
          {...field('passage')}
          label={t('staff.field.passage')}
          hint={t('staff.field.passage.hint')}
          value={value('passage')}
          limit={ANSWER_LIMIT}
        />
        <CodeChoice
          of={props}
          name="maskReason"
          label="staff.field.maskReason"
          room="mask.reason"
          codes={MASK_REASONS}
        />
      </>
    );
  },
} satisfies Record<string, FieldsOf>;

function nameOf(t: Translate, view: CaseView, text: MaskableText): string {
  if ('told' in text) return t(`staff.mask.of.${text.told}`);
  const { message } = text;
  const begins = [...message.text.replaceAll(/\s+/gu, ' ')].slice(0, BEGINNING).join('');
  return t('staff.mask.of.message.from', { who: whoOf(t, view, message), at: t.dateTime(message.at), begins });
}
