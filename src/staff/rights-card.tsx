import type { Child } from 'hono/jsx';
import type { Translate } from '../i18n/catalogue.ts';
import { Card } from '../ui/card.tsx';
import { StatusChip } from '../ui/chips.tsx';
import { DefinitionList } from '../ui/definition-list.tsx';
import { rightsToExtend } from './act-choices.ts';
import type { ActionSlug } from './action-slugs.ts';
import type { CaseView } from './case-view.query.ts';
import { nameIn } from './party-choice.tsx';

type Asked = CaseView['rights'][number];
const ACTS = ['repondre-droit', 'refuser-droit', 'prolonger-droit', 'retirer-droit'] as const;

/** What people asked about the data kept on them, what was answered, and what its leader may do (R82). */
export function RightsCard({ t, view, actions }: { t: Translate; view: CaseView; actions: readonly ActionSlug[] }) {
  if (view.rights.length === 0) return null;
  return (
    <Card title={t('staff.rights')}>
      {view.rights.map((asked) => (
        <section class="party">
          <RightLines t={t} view={view} asked={asked} />
          {asked.isOpen && (
            <ul class="links">
              {ACTS.filter(
                (slug) =>
                  actions.includes(slug) && (slug !== 'prolonger-droit' || rightsToExtend(view).includes(asked)),
              ).map((slug) => (
                <li>
                  <a href={`/equipe/demandes/${view.id}/${slug}?rights=${asked.id}`}>{t(`staff.action.${slug}`)}</a>
                </li>
              ))}
            </ul>
          )}
        </section>
      ))}
    </Card>
  );
}

/** One request, whole: nobody answers what they have not read. */
export function RightLines({ t, view, asked }: { t: Translate; view: CaseView; asked: Asked }) {
  return (
    <>
      <h3>{t('staff.wait.about', { what: nameIn(t, view)(asked.partyId), about: t(`staff.right.${asked.right}`) })}</h3>
      <p class="case-chips">
        <StatusChip kind={asked.isOpen ? 'waiting' : 'neutral'}>{t(`staff.rights.state.${asked.state}`)}</StatusChip>
      </p>
      <DefinitionList items={linesOf(t, view, asked)} />
    </>
  );
}

function linesOf(t: Translate, view: CaseView, asked: Asked): { term: string; says: Child }[] {
  const written = (text: string | undefined) => text && <span class="written">{text}</span>;
  const items: [string, Child | undefined][] = [
    [t('staff.rights.received'), receivedBy(t, asked)],
    [t('staff.field.identity'), t(`staff.identity.${asked.identity}`)],
    [t('staff.field.about'), written(asked.about)],
    [t('staff.field.reply'), t(`staff.reply.${asked.reply}`)],
    [t('staff.rights.due'), asked.isOpen ? t.longDate(asked.dueDay) : undefined],
    [t('staff.field.extensionReason'), written(asked.extensionReason)],
    [
      t('staff.rights.mayErase'),
      asked.isOpen && asked.right === 'erase'
        ? asked.mayErase.map((what) => t(`staff.erase.${what}`)).join(' · ')
        : undefined,
    ],
    [t('staff.rights.stays'), asked.isOpen && asked.right === 'erase' ? t('staff.rights.staysWhy') : undefined],
    [t('staff.field.ground'), asked.refusalGround ? t(`staff.refusal.${asked.refusalGround}`) : undefined],
    [t('staff.field.rightsAnswer'), written(asked.answer)],
    [
      t('staff.rights.erased'),
      asked.erased.length > 0 ? asked.erased.map((what) => t(`staff.erase.${what}`)).join(' · ') : undefined,
    ],
    [t('staff.rights.copy'), copyOf(t, view, asked)],
  ];
  return items.flatMap(([term, says]) => (says ? [{ term, says }] : []));
}

function copyOf(t: Translate, view: CaseView, { id, copy }: Asked): Child | undefined {
  if (copy === 'none') return undefined;
  if (copy === 'erased') return t('staff.rights.copy.erased');
  return <a href={`/equipe/demandes/${view.id}/papiers/droits/${id}`}>{t('staff.rights.copy.link')}</a>;
}

function receivedBy(t: Translate, { receivedOn, channel, recordedBy }: Asked): string {
  return [t.longDate(receivedOn), t(`staff.channel.${channel}`), recordedBy].filter(Boolean).join(' · ');
}
