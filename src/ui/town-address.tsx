import type { TownView } from './town-view.ts';

/** The address of the service: French, and read from left to right whatever the page is (« 4 place… » would put its number last). */
export function TownAddress({ town }: { town: Pick<TownView, 'address'> }) {
  return (
    <span lang="fr" dir="ltr">
      {town.address}
    </span>
  );
}
