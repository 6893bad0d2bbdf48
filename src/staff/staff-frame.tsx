import type { Child } from 'hono/jsx';
import { HELPLINES, setsHelplines } from '../helplines/who-sets.ts';
import type { Translate } from '../i18n/catalogue.ts';
import type { TownView } from '../ui/town-view.ts';
import type { Section } from '../ui/work-bar.tsx';
import { LateBanner } from './late-banner.tsx';
import type { AtWork } from './staff-person.query.ts';

/** What every page for people at work shows around its content. */
export type StaffFrame = {
  t: Translate;
  town: TownView;
  sections: Section[];
  person: { name: string; role: string };
  signOutAction: string;
  banner: Child;
};

/** The frame of every page of people at work: who is signed in, where they may go, what of the service is late. */
export function staffFrame(
  t: Translate,
  town: TownView,
  person: AtWork,
  current: 'todo' | 'cases' | 'case' | 'entry' | 'posters' | 'access' | 'helplines',
): StaffFrame {
  const [role] = person.roles;
  return {
    t,
    town,
    sections: [
      ...(worksOnCases(person)
        ? [
            { href: '/equipe', label: t('staff.section.todo'), isCurrent: current === 'todo' },
            { href: '/equipe/demandes', label: t('staff.section.cases'), isCurrent: current === 'cases' },
          ]
        : []),
      ...(entersRequests(person)
        ? [{ href: '/equipe/saisie', label: t('staff.section.entry'), isCurrent: current === 'entry' }]
        : []),
      ...(hangsPosters(person)
        ? [{ href: '/equipe/affiches', label: t('staff.section.posters'), isCurrent: current === 'posters' }]
        : []),
      ...(person.roles.includes('admin')
        ? [{ href: '/administration', label: t('accounts.admin.section'), isCurrent: current === 'access' }]
        : []),
      ...(setsHelplines(person)
        ? [{ href: HELPLINES, label: t('staff.section.helplines'), isCurrent: current === 'helplines' }]
        : []),
      ...(town.isDemo ? [{ href: '/demo', label: t('staff.section.demo'), isCurrent: false }] : []),
    ],
    person: { name: person.name, role: role ? t(`staff.role.${role}`) : '' },
    signOutAction: '/equipe/sortir',
    banner: <LateBanner t={t} late={person.late} />,
  };
}

/** Who types a request for somebody: a mediator or a leader (spec §4.2, R27). */
export function entersRequests({ roles }: AtWork): boolean {
  return roles.includes('mediator') || roles.includes('team_leader');
}

/** Who has posters printed for the places of the town. */
export function hangsPosters({ roles }: AtWork): boolean {
  return roles.includes('team_leader') || roles.includes('coordinator');
}

/** An administrator opens accesses and has no list of cases (line 4). */
export function worksOnCases(person: AtWork): boolean {
  return person.roles.some((role) => role !== 'admin');
}
