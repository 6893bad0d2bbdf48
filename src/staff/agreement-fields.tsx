import { SingleCheckbox } from '../ui/choice.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { TextField } from '../ui/text-field.tsx';
import type { MessageKey } from '../i18n/catalogue.ts';
import { NOTE_LIMIT } from './act.form.ts';
import { type ActionPageProps, CodeChoice, type FieldsOf, typedOf } from './act-fields.tsx';
import { AGREEMENT_MODES, EXPLANATIONS, WITHDRAWN_WAYS } from './agreement-acts.form.ts';
import { LanguageOf, OrganisationOf } from './listed-fields.tsx';
import { PartyChoice } from './party-choice.tsx';

export const AGREEMENT_FIELDS = {
  accord: (props) => {
    const { t, value, field } = typedOf(props);
    const ticks = (name: string, label: MessageKey) => (
      <SingleCheckbox {...field(name)} label={t(label)} checked={value(name) === 'yes'} />
    );
    const text = (name: string, label: MessageKey) => (
      <TextField {...field(name)} label={t(label)} hint={t('staff.field.asKnown')} optional value={value(name)} />
    );
    return (
      <>
        <PartyChoice of={props} among={props.view.parties.filter(({ erased }) => !erased)} />
        <CodeChoice
          of={props}
          name="explained"
          kind="checkbox"
          label="staff.field.explained"
          room="explained"
          codes={EXPLANATIONS}
        />
        <CodeChoice of={props} name="takePart" label="staff.field.takePart" room="says" codes={['yes', 'no']} row />
        {ticks('contactOther', 'staff.field.contactOther')}
        <TextArea
          {...field('maySay')}
          label={t('staff.field.maySay')}
          hint={t('staff.field.maySay.hint')}
          optional
          value={value('maySay')}
          rows={2}
          limit={NOTE_LIMIT}
        />
        {(props.view.parties.some(({ shares }) => shares.length > 0) || props.errors['keepShares']) &&
          ticks('keepShares', 'staff.field.keepShares')}
        <Share of={props} />
        {ticks('recontact', 'staff.field.recontact')}
        <CodeChoice of={props} name="mode" label="staff.field.mode" room="mode" codes={AGREEMENT_MODES} row />
        <LanguageOf of={props} name="language" label="staff.field.language" value={value('language') ?? 'fr'} />
        <TextField
          {...field('interpreterRef')}
          label={t('staff.field.interpreterRef')}
          hint={t('staff.field.interpreterRef.hint')}
          optional
          value={value('interpreterRef')}
        />
        {ticks('mandate', 'staff.field.mandate')}
        {text('representative', 'staff.field.representative')}
        {ticks('legalRepresentative', 'staff.field.legalRepresentative')}
        {text('legalRepresentativeName', 'staff.field.legalRepresentativeName')}
        {ticks('copyGiven', 'staff.field.copyGiven')}
      </>
    );
  },
  partager: (props) => (
    <>
      <PartyChoice
        of={props}
        among={props.view.parties.filter(({ agreement, ended }) => agreement === 'yes' && !ended)}
      />
      <Share of={props} needed />
      <CodeChoice of={props} name="mode" label="staff.field.shareMode" room="mode" codes={AGREEMENT_MODES} row />
    </>
  ),
  'demander-accord': (props) => {
    const { t, value, field } = typedOf(props);
    const asked = props.view.parties.filter(({ agreement, erased }) => agreement !== 'asked' && !erased);
    return (
      <>
        <PartyChoice of={props} among={asked} />
        {(asked.some(saidNo) || props.errors['cameBack']) && (
          <SingleCheckbox
            {...field('cameBack')}
            label={t('staff.field.cameBack')}
            hint={t('staff.field.cameBack.hint')}
            checked={value('cameBack') === 'yes'}
          />
        )}
      </>
    );
  },
  'sans-reponse': (props) => (
    <PartyChoice
      of={props}
      among={props.view.parties.filter(
        ({ side, agreement, ended }) => side === 'other' && agreement === 'asked' && !ended,
      )}
    />
  ),
  retrait: (props) => (
    <>
      <PartyChoice of={props} among={props.view.parties.filter(({ side, ended }) => side === 'other' && !ended)} />
      <CodeChoice
        of={props}
        name="withdrawnBy"
        label="staff.field.withdrawnBy"
        room="withdrawnBy"
        codes={WITHDRAWN_WAYS}
        row
      />
    </>
  ),
} satisfies Record<string, FieldsOf>;

/** Who said no, stopped or did not answer is asked again only after coming back (R29). */
function saidNo({ ended, agreement }: ActionPageProps['view']['parties'][number]): boolean {
  return ended || agreement === 'no' || agreement === 'withdrawn';
}

/** Item 4 of F3: one thing, one organisation, one purpose at a time; another one is another agreement. */
function Share({ of, needed = false }: { of: ActionPageProps; needed?: boolean }) {
  const { t, value, field } = typedOf(of);
  return (
    <>
      <OrganisationOf of={of} name="shareWith" label="staff.field.shareWith" optional={!needed} />
      <TextField
        {...field('shareWhat')}
        label={t('staff.field.shareWhat')}
        optional={!needed}
        value={value('shareWhat')}
      />
      <TextField
        {...field('shareFor')}
        label={t('staff.field.shareFor')}
        optional={!needed}
        value={value('shareFor')}
      />
    </>
  );
}
