import type { Child } from 'hono/jsx';

/** Terms and what they say, one line each on wide screens. */
export function DefinitionList({ items }: { items: readonly { term: string; says: Child }[] }) {
  return (
    <dl class="definitions">
      {items.map(({ term, says }) => (
        <div>
          <dt>{term}</dt>
          <dd>{says}</dd>
        </div>
      ))}
    </dl>
  );
}
