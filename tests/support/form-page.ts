// What a person finds on a page of ours, read from its HTML.

const ENTITIES: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };

/** HTML text as a browser shows it; no-break spaces as spaces, so that words can be compared. */
export function shown(html: string): string {
  return html.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity);
}

const tagsOf = (html: string) => html.match(/<[a-z][^>]*>/g) ?? [];
const attribute = (tag: string, name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];

/**
 * The message beside this field, as somebody who sees the page and somebody who hears it are told it: text under `<name>-error`, the
 * control or its group described by it and marked invalid, and a link in the summary that leads to the control. Undefined when nothing
 * is said about the field. @throws Error when it is said to one of the two only.
 */
export function faultBeside(html: string, name: string): string | undefined {
  const said = new RegExp(`<p class="field-error" id="${name}-error">.*?<span>(.*?)</span>`, 's').exec(html)?.[1];
  const linked = new RegExp(`<a href="#${name}">(.*?)</a>`, 's').exec(html)?.[1];
  if (said === undefined && linked === undefined) return undefined;
  const tags = tagsOf(html);
  const described = tags.some((tag) => (attribute(tag, 'aria-describedby') ?? '').split(' ').includes(`${name}-error`));
  const invalid = tags.some(
    (tag) =>
      attribute(tag, 'aria-invalid') === 'true' &&
      (attribute(tag, 'name') === name || (attribute(tag, 'aria-describedby') ?? '').includes(`${name}-error`)),
  );
  const found = tags.some((tag) => attribute(tag, 'id') === name);
  if (said === undefined || !saysTheSame(html, linked, said) || !described || !invalid || !found)
    throw new Error(`half a fault at ${name}: ${JSON.stringify({ said, linked, described, invalid, found })}`);
  return shown(said);
}

const UNANSWERED = 'Répondez à cette question.';
const NAMED = ' – répondez à cette question.';

/** The link repeats the words; where they name no question, it may begin with the question as the page asks it. */
function saysTheSame(html: string, linked: string | undefined, said: string): boolean {
  if (said !== UNANSWERED || !linked?.endsWith(NAMED)) return linked === said;
  const question = linked.slice(0, -NAMED.length);
  return html.replaceAll(linked, '').includes(`>${question}`);
}

/** What stands in a text field, or which boxes of a choice are ticked. */
export function valueOf(html: string, name: string): string | string[] {
  const area = new RegExp(`<textarea[^>]*\\sname="${name}"[^>]*>\\n?(.*?)</textarea>`, 's').exec(html)?.[1];
  if (area !== undefined) return shown(area);
  const tags = tagsOf(html).filter((tag) => tag.startsWith('<input') && attribute(tag, 'name') === name);
  const [first] = tags;
  if (first !== undefined && !/type="(?:radio|checkbox)"/.test(first)) return shown(attribute(first, 'value') ?? '');
  return tags.filter((tag) => /\schecked/.test(tag)).map((tag) => attribute(tag, 'value') ?? '');
}

/** The title of the document. */
export function titleOf(html: string): string {
  return shown(/<title>(.*?)<\/title>/s.exec(html)?.[1] ?? '');
}

/** The messages above the form: that mails wait for too long stands there too, in a file of tests that itself takes long. */
export function noticeOf(html: string): string {
  return [...html.matchAll(/<div class="flash[^>]*>(.*?)<\/div>/gs)].map(([, said = '']) => shown(said)).join('\n');
}

/** Those of these words that stand in a page, by where each stands first: one that is missing is missing here too. */
export function inOrder(html: string, ...words: string[]): string[] {
  return words.filter((word) => html.includes(word)).toSorted((a, b) => html.indexOf(a) - html.indexOf(b));
}
