/** Organisations that listen to somebody under eighteen: an adult of confidence beside the service (R81, spec §4.6). */
const LISTENING = ['paej', 'mission_locale'];

/** Their names in this town, those that listen first. */
export function youthHelp(organisations: readonly { name: string; type: string }[]): string[] {
  return LISTENING.flatMap((type) => organisations.filter((one) => one.type === type).map(({ name }) => name));
}
