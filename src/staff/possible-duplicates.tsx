import type { MessageKey, Translate } from '../i18n/catalogue.ts';
import { Card } from '../ui/card.tsx';
import type { PossibleDuplicate } from './possible-duplicates.query.ts';

/** « Peut-être la même situation »: each request with the reasons why it stands here. A person decides (R37, line 9). */
export function PossibleDuplicates({ t, found }: { t: Translate; found: readonly PossibleDuplicate[] }) {
  if (found.length === 0) return null;
  return (
    <Card title={t('staff.alike.title')}>
      <ul class="links">
        {found.map((other) => (
          <li>
            <a href={`/equipe/demandes/${other.id}`}>{other.number}</a>
            <br />
            {reasons(t, other)}
            <br />
            {t('staff.alike.when', { date: t.shortDate(other.receivedAt), state: t(`staff.state.${other.state}`) })}
          </li>
        ))}
      </ul>
      <p class="hint">{t('staff.alike.how')}</p>
    </Card>
  );
}

function reasons(t: Translate, other: PossibleDuplicate): string {
  const subjects = other.categories.map((code) => t(`request.category.${code}` as MessageKey)).join(', ');
  return [
    other.samePhone && t('staff.alike.phone'),
    other.sameEmail && t('staff.alike.email'),
    other.samePlace && t('staff.alike.place', { subjects }),
  ]
    .filter(Boolean)
    .join(' · ');
}
