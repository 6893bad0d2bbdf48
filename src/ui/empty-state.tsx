import type { Child } from 'hono/jsx';
import { Pictogram } from './pictogram.tsx';

/** Nothing to show, and the next date. */
export function EmptyState({ main, children }: { main: string; children?: Child }) {
  return (
    <div class="empty">
      <Pictogram name="link" size="large" />
      <p>
        <strong>{main}</strong>
        {children && <span>{children}</span>}
      </p>
    </div>
  );
}
