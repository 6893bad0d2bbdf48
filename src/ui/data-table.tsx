import type { Child } from 'hono/jsx';

export interface Column {
  readonly label: string;
  /** Numbers line up at the end. */
  readonly isNumber?: boolean | undefined;
}

/**
 * The only element that may scroll sideways, inside its own focusable region; on a phone a page of people at work has a block for each row. The first
 * cell of a row names it.
 */
export function DataTable(props: {
  /** Unique in the page. */
  id: string;
  caption: string;
  captionIsSpokenOnly?: boolean | undefined;
  columns: readonly Column[];
  rows: readonly (readonly Child[])[];
}) {
  const { columns } = props;
  const end = (index: number) => (columns[index]?.isNumber ? 'number' : undefined);
  return (
    <div class="table-region" role="region" aria-labelledby={props.id} tabindex={0}>
      <table class="data-table">
        <caption id={props.id} class={props.captionIsSpokenOnly ? 'spoken' : undefined}>
          {props.caption}
        </caption>
        <thead>
          <tr>
            {columns.map((column, index) => (
              <th scope="col" class={end(index)}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr>
              {row.map((cell, index) =>
                index === 0 ? (
                  <th scope="row">{cell}</th>
                ) : (
                  <td class={end(index)} data-column={columns[index]?.label}>
                    {cell}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
