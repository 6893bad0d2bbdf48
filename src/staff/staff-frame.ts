import type { Translate } from '../i18n/catalogue.ts';
import type { TownView } from '../ui/town-view.ts';
import type { Section } from '../ui/work-bar.tsx';
import type { StaffPerson } from './staff-person.query.ts';

/** What every page for people at work shows around its content. */
export type StaffFrame = {
  t: Translate;
  town: TownView;
  sections: Section[];
  person: { name: string; role: string };
  signOutAction: string;
};

export function staffFrame(
  t: Translate,
  town: TownView,
  person: StaffPerson,
  current: 'todo' | 'case' | 'access',
): StaffFrame {
  const [role] = person.roles;
  return {
    t,
    town,
    sections: [
      ...(worksOnCases(person)
        ? [{ href: '/equipe', label: t('staff.section.todo'), isCurrent: current === 'todo' }]
        : []),
      ...(person.roles.includes('admin')
        ? [{ href: '/administration', label: t('accounts.admin.section'), isCurrent: current === 'access' }]
        : []),
      ...(town.isDemo ? [{ href: '/demo', label: t('staff.section.demo'), isCurrent: false }] : []),
    ],
    person: { name: person.name, role: role ? t(`staff.role.${role}`) : '' },
    signOutAction: '/equipe/sortir',
  };
}

/** An administrator opens accesses and has no list of cases (line 4). */
export function worksOnCases(person: StaffPerson): boolean {
  return person.roles.some((role) => role !== 'admin');
}
