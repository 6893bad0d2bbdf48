import { shown } from './form-page.ts';

// A page of ours as somebody without script fills it: every field of every form, wherever the form of a field stands.

type Tag = { name: string; attribute(name: string): string | undefined; has(name: string): boolean };
/** A field and what stands in it: the text, or the values that are chosen. */
export type PageField = {
  name: string;
  form: string;
  kind: 'text' | 'choice' | 'hidden';
  values: string[];
  offers: string[];
};
export type PageForm = { id: string; action: string };

function* tagsOf(html: string): Generator<Tag & { text: string }> {
  for (const [, name = '', inside = '', text = ''] of html.matchAll(
    /<(form|\/form|input|select|\/select|option|textarea|button)\b([^>]*)>(?:(?<=<textarea\b[^>]*>)\n?([^<]*))?/g,
  )) {
    const attribute = (known: string) => {
      const value = new RegExp(`\\s${known}="([^"]*)"`).exec(inside)?.[1];
      return value === undefined ? undefined : shown(value);
    };
    yield { name, text, attribute, has: (known) => new RegExp(`\\s${known}(?:=|\\s|$)`).test(inside) };
  }
}

/** The forms of a page, its fields with the form each is sent with, and the buttons that ask for a language. Files are nobody's typing. */
export function typedPage(html: string) {
  const forms: PageForm[] = [];
  const fields: PageField[] = [];
  const switches: { form: string; language: string }[] = [];
  let [form, list] = ['', undefined as PageField | undefined];
  const field = (tag: Tag, kind: PageField['kind']): PageField => {
    const [name, of] = [tag.attribute('name') ?? '', tag.attribute('form') ?? form];
    const known = fields.find((one) => one.name === name && one.form === of);
    const made = known ?? { name, form: of, kind, values: [], offers: [] };
    if (!known) fields.push(made);
    return made;
  };
  for (const tag of tagsOf(html)) {
    const type = tag.attribute('type') ?? 'text';
    const value = tag.attribute('value') ?? '';
    if (tag.name === 'form') {
      form = tag.attribute('id') ?? `form ${forms.length}`;
      forms.push({ id: form, action: tag.attribute('action') ?? '' });
    } else if (tag.name === '/form') form = '';
    else if (tag.name === 'select') list = field(tag, 'choice');
    else if (tag.name === '/select') list = undefined;
    else if (tag.name === 'option' && list) {
      list.offers.push(value);
      if (tag.has('selected')) list.values = [value];
    } else if (tag.name === 'textarea') field(tag, 'text').values.push(shown(tag.text));
    else if (tag.name === 'button' && tag.attribute('name') === 'langue')
      switches.push({ form: tag.attribute('form') ?? form, language: value });
    else if (tag.name === 'input' && type !== 'file') {
      if (type === 'radio' || type === 'checkbox') {
        const choice = field(tag, 'choice');
        choice.offers.push(value);
        if (tag.has('checked')) choice.values.push(value);
      } else field(tag, type === 'hidden' ? 'hidden' : 'text').values.push(value);
    }
  }
  return { forms, fields, switches };
}
