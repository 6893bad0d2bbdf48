import type { Translate } from '../i18n/catalogue.ts';
import { FictionalTag } from './fictional-tag.tsx';
import { Mark } from './mark.tsx';

export interface Section {
  readonly href: string;
  readonly label: string;
  readonly isCurrent: boolean;
}

export function WorkBar(props: {
  t: Translate;
  town: { name: string; isDemo: boolean };
  sections: readonly Section[];
  person?: { name: string; role: string } | undefined;
  signOutAction?: string | undefined;
}) {
  const { t, person } = props;
  return (
    <header class="work-bar">
      <div class="column work-bar-row">
        <span class="work-brand">
          <Mark />
          {t('ui.serviceAndTown', { town: props.town.name })}
          {props.town.isDemo && <FictionalTag t={t} />}
        </span>
        {props.sections.length > 0 && (
          <nav class="work-sections" aria-label={t('work.bar.sections')}>
            <ul>
              {props.sections.map((section) => (
                <li>
                  <a href={section.href} aria-current={section.isCurrent ? 'page' : undefined}>
                    {section.label}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        )}
        <div class="work-person">
          {person && <span>{`${person.name}, ${person.role}`}</span>}
          {props.signOutAction && (
            <form method="post" action={props.signOutAction}>
              <button class="link-button" type="submit">
                {t('work.bar.signOut')}
              </button>
            </form>
          )}
        </div>
      </div>
    </header>
  );
}
