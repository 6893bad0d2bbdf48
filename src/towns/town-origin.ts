/**
 * Where a town's pages are reached: the installation's own origin, or the town's first host name under the same scheme when the town has
 * names of its own and the installation's is not among them (several towns are told apart by name).
 */
export function townOrigin(publicOrigin: string, hosts: readonly string[]): string {
  const { protocol, host } = new URL(publicOrigin);
  const [own] = hosts;
  return own === undefined || hosts.includes(host) ? publicOrigin : `${protocol}//${own}`;
}
