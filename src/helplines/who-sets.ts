/** Where the numbers of the safety page are set. */
export const HELPLINES = '/administration/numeros';

/** Who sets the numbers of the safety page: the coordinator, or an administrator, who reads no case. The database asks again. */
export function setsHelplines(person: { roles: readonly string[] }): boolean {
  return person.roles.includes('coordinator') || person.roles.includes('admin');
}
