/** @jsxImportSource react */
import { Text } from 'react-email';
import { mailStyle } from './mail-style.ts';
import type { Said } from './mail-words.ts';

const NUMBER = /(MS-\d{4}-\d+)/u;

/** The number of a request stays whole at the end of a line (design §3.3); its hyphens would let it break. */
export function Whole({ children }: { children: Said }) {
  return children.split(NUMBER).map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      <span key={`${index} ${part}`} style={mailStyle.whole}>
        {part}
      </span>
    ),
  );
}

/** A paragraph of one sentence or a few, the one that matters in bold. */
export function Paragraph({ say, bold }: { say: readonly Said[]; bold?: Said | undefined }) {
  return (
    <Text style={mailStyle.text}>
      {say.map((sentence, index) => [index === 0 ? '' : ' ', <Whole key={sentence}>{sentence}</Whole>])}
      {bold === undefined ? null : (
        <>
          {' '}
          <strong>
            <Whole>{bold}</Whole>
          </strong>
        </>
      )}
    </Text>
  );
}
