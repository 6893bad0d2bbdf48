import { describe, expect, it, test } from 'vitest';
import { translator } from '../i18n/catalogue.ts';
import { Proof } from '../requests/form-guards.tsx';
import { Choice, SingleCheckbox } from './choice.tsx';
import { ErrorSummary, titleWithErrors } from './error-summary.tsx';
import { Flash } from './flash.tsx';
import { MessageList } from './message-list.tsx';
import { PictogramChoice } from './pictogram-choice.tsx';
import { RichText } from './rich-text.tsx';
import { CodeGroups } from './slip.tsx';
import { TextArea } from './text-area.tsx';
import { TextField } from './text-field.tsx';

const t = translator('fr');
/** Elements print themselves as HTML. */
function rendered(element: unknown): string {
  return String(element);
}

const hostile = '"><script>alert(1)</script>\'';

describe('a field', () => {
  it('is described by its hint and its error, and keeps what was typed', () => {
    const html = rendered(
      <TextField t={t} name="phone" label="Téléphone" hint="Dix chiffres" error="Il en manque" value="06" />,
    );
    expect(html).toContain('aria-describedby="phone-hint phone-error"');
    expect(html).toContain('aria-invalid="true"');
    expect(html).toContain('id="phone"');
    expect(html).toContain('value="06"');
    expect(html).toContain('for="phone"');
  });

  it('says when it is optional, and never that it is required', () => {
    expect(rendered(<TextField t={t} name="a" label="A" optional />)).toContain('(si vous voulez)');
    expect(rendered(<TextField t={t} name="a" label="A" />)).not.toMatch(/required|aria-describedby|aria-invalid/u);
  });

  it('shows hostile text as text', () => {
    const html = [
      rendered(<TextField t={t} name="a" label="A" value={hostile} error={hostile} />),
      rendered(<TextArea t={t} name="b" label="B" value={hostile} />),
      rendered(
        <MessageList
          t={t}
          messages={[{ from: hostile, isMine: false, at: 'hier', datetime: '2026-11-22', text: hostile }]}
        />,
      ),
      rendered(<RichText t={t} id="ui.footer.contact" parts={{ address: hostile, phone: hostile, hours: hostile }} />),
    ].join('');
    expect(html).not.toContain('<script');
    expect(html).toContain('&lt;script&gt;');
  });

  it('keeps the first line break a person typed in a textarea', () => {
    expect(rendered(<TextArea t={t} name="b" label="B" value={'\nBonjour'} />)).toMatch(/>\n\nBonjour<\/textarea>/u);
  });
});

describe('choices', () => {
  const options = [
    { value: 'yes', label: 'Oui' },
    { value: 'no', label: 'Non' },
  ];

  it('never start with an answer chosen (C-6)', () => {
    const html = [
      rendered(<Choice t={t} name="c" label="C" kind="radio" options={options} />),
      rendered(<SingleCheckbox t={t} name="d" label="D" />),
      rendered(
        <PictogramChoice
          t={t}
          name="e"
          label="E"
          groups={[{ heading: 'H', options: [{ value: 'yes', label: 'Oui', pictogram: 'bruit' }] }]}
        />,
      ),
    ].join('');
    expect(html).not.toMatch(/checked/u);
  });

  it('keep the answer given, and only that one', () => {
    const html = rendered(<Choice t={t} name="c" label="C" kind="radio" options={options} chosen={['no']} />);
    expect(html.match(/checked/gu)).toHaveLength(1);
    expect(html).toContain('value="no" checked');
  });

  it('put the name of the field on the first box, where the error summary leads', () => {
    const html = rendered(<Choice t={t} name="c" label="C" kind="checkbox" options={options} />);
    expect(html).toContain('id="c" name="c" value="yes"');
    expect(html).toContain('id="c-no" name="c" value="no"');
  });
});

describe('the error summary', () => {
  const errors = [
    { name: 'quarter', message: 'Choisissez un quartier.' },
    { name: 'adult', message: 'Dites votre âge.' },
  ];

  it('counts what is missing and leads to each field', () => {
    const html = rendered(<ErrorSummary t={t} errors={errors} />);
    expect(html).toContain('Il manque 2\u00a0réponses');
    expect(html).toContain('href="#quarter"');
    expect(rendered(<ErrorSummary t={t} errors={[]} />)).toBe('');
  });

  it('begins the title of the document', () => {
    expect(titleWithErrors(t, 'Ce qui se passe', errors)).toBe('Il manque 2\u00a0réponses – Ce qui se passe');
    expect(titleWithErrors(t, 'Ce qui se passe', [])).toBe('Ce qui se passe');
  });
});

describe('the code of the slip', () => {
  it('stands in groups that copy as one word', () => {
    const html = rendered(<CodeGroups code="K7M4QT9XR2H6WDP3VBNC8JEFY" />);
    expect(html.match(/code-group/gu)).toHaveLength(5);
    expect(html.replaceAll(/<[^>]+>/gu, '')).toBe('K7M4QT9XR2H6WDP3VBNC8JEFY');
  });
});

test('RGAA 7.5: what a script says by itself, and what an answer says first, is in a live region', () => {
  expect(rendered(<TextArea t={t} name="a" label="A" limit={300} />)).toMatch(/<p [^>]*id="a-left"[^>]*role="status"/u);
  expect(rendered(<Proof t={t} challenge="x" />)).toMatch(/<div role="status"><p hidden="" data-proof-done=""/u);
  for (const kind of ['done', 'changed'] as const)
    expect(rendered(<Flash kind={kind} main="C’est envoyé." />)).toMatch(/^<div class="[^"]*" role="status">/u);
});
