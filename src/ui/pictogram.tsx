import { assetUrl } from './asset-table.ts';
import type { PictogramName } from './pictogram-names.ts';

export type PictogramSize = 'small' | 'medium' | 'large';

/** A drawing that repeats what the words beside it say; it is hidden from screen readers. */
export function Pictogram({ name, size = 'small' }: { name: PictogramName; size?: PictogramSize }) {
  const mirrored = name === 'arrow' ? ' pictogram-mirrored' : '';
  return (
    <svg class={`pictogram pictogram-${size}${mirrored}`} viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      <use href={`${assetUrl('pictograms.svg')}#${name}`} />
    </svg>
  );
}
