// Reads the forms of our own pages as a browser without script would: what a story sends is what its page really offers.

export type Option = { value: string; label: string; chosen: boolean };
export type Control =
  { kind: 'typed'; name: string; value: string } | { kind: 'one' | 'many' | 'list'; name: string; options: Option[] };
export type PageForm = { action: string; controls: Control[]; buttons: { name: string; value: string }[] };

/** What a person does with a form: a text, a choice by its value or by words of its label, several choices. */
export type Answers = Record<string, string | readonly string[]>;

/** The forms of a page, in order. */
export function formsOf(html: string): PageForm[] {
  return [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].map(([, tag = '', inside = '']) => ({
    action: attribute(tag, 'action') ?? '',
    controls: controlsOf(inside),
    buttons: [...inside.matchAll(/<button\b([^>]*)>/g)].map(([, button = '']) => ({
      name: attribute(button, 'name') ?? '',
      value: attribute(button, 'value') ?? '',
    })),
  }));
}

/** @throws Error naming the field or the choice that the page does not offer. */
export function filled(form: PageForm, answers: Answers): URLSearchParams {
  const unknown = Object.keys(answers).filter((name) => !form.controls.some((control) => control.name === name));
  if (unknown.length > 0) throw new Error(`the form of ${form.action} has no field ${unknown.join(', ')}`);
  const sent = new URLSearchParams();
  for (const control of form.controls) {
    const answer = answers[control.name];
    if (control.kind === 'typed') {
      sent.append(control.name, typeof answer === 'string' ? answer : control.value);
      continue;
    }
    const wanted = answer === undefined ? undefined : typeof answer === 'string' ? [answer] : answer;
    for (const value of wanted?.map((choice) => chosen(form, control, choice)) ??
      control.options.flatMap((option) => (option.chosen ? [option.value] : [])))
      sent.append(control.name, value);
  }
  return sent;
}

function chosen(form: PageForm, control: Exclude<Control, { kind: 'typed' }>, choice: string): string {
  const option =
    control.options.find(({ value }) => value === choice) ??
    control.options.find(({ label }) => label.includes(choice));
  if (!option) throw new Error(`the form of ${form.action} does not offer « ${choice} » for ${control.name}`);
  return option.value;
}

function controlsOf(html: string): Control[] {
  const controls = new Map<string, Control>();
  for (const [, tag = '', attributes = '', inside = ''] of html.matchAll(
    /<(input|select|textarea)\b([^>]*)>(?:((?:(?!<\/?(?:select|textarea|form)\b).)*)<\/(?:select|textarea)>)?/gs,
  )) {
    const name = attribute(attributes, 'name');
    if (!name) continue;
    const type = attribute(attributes, 'type') ?? 'text';
    if (tag === 'select') {
      // Several lists may share a name: what is chosen in each is sent.
      const known = controls.get(name);
      const before = known?.kind === 'list' ? known.options : [];
      controls.set(name, { kind: 'list', name, options: [...before, ...listed(inside)] });
    } else if (tag === 'textarea') controls.set(name, { kind: 'typed', name, value: plain(inside) });
    else if (type === 'radio' || type === 'checkbox') {
      const known = controls.get(name);
      const option = {
        value: attribute(attributes, 'value') ?? 'on',
        label: labelAfter(html, attributes),
        chosen: isSet(attributes, 'checked'),
      };
      if (known && known.kind !== 'typed') known.options.push(option);
      else controls.set(name, { kind: type === 'radio' ? 'one' : 'many', name, options: [option] });
      // A file nobody chose says nothing.
    } else if (type !== 'file')
      controls.set(name, { kind: 'typed', name, value: attribute(attributes, 'value') ?? '' });
  }
  return [...controls.values()];
}

function listed(html: string): Option[] {
  return [...html.matchAll(/<option\b([^>]*)>(.*?)<\/option>/gs)].map(([, attributes = '', label = '']) => ({
    value: attribute(attributes, 'value') ?? plain(label),
    label: plain(label),
    chosen: isSet(attributes, 'selected'),
  }));
}

/** The words beside a box: what stands between it and the end of its label. */
function labelAfter(html: string, attributes: string): string {
  const from = html.indexOf('>', html.indexOf(attributes)) + 1;
  return plain(html.slice(from, html.indexOf('</label>', from)));
}

function attribute(tag: string, name: string): string | undefined {
  const value = new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(tag)?.[1];
  return value === undefined ? undefined : decoded(value);
}

function isSet(tag: string, name: string): boolean {
  return new RegExp(`(?:^|\\s)${name}(?:=|\\s|/|$)`).test(tag);
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0', '#39': "'" };

function decoded(text: string): string {
  return text.replaceAll(/&(amp|lt|gt|quot|nbsp|#39);/g, (_, name: string) => ENTITIES[name] ?? '');
}

/** The text of a piece of our pages, without its tags. */
export function plain(html: string): string {
  return decoded(html.replaceAll(/<[^>]*>/g, ' '))
    .replaceAll(/[ \n]+/g, ' ')
    .trim();
}
