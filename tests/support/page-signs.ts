import type { Page } from 'playwright-core';

/**
 * What RGAA asks and axe does not: 3.1 and 10.9, links in a text, what is wrong and what is current are told without colour, and every drawing
 * stands with words; 11.13, own fields say to programs what they are for; 4.10, 4.11, no sound begins by itself or lacks controls.
 */
const SIGNS = `(() => {
  const found = [];
  const styled = (one) => getComputedStyle(one);
  const told = (one) => styled(one).textDecorationLine.includes('underline') || Number(styled(one).fontWeight) >= 700;
  const all = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility());
  const say = (what, one) => found.push(what + ': ' + one.outerHTML.slice(0, 100));
  for (const link of all('main :is(p, li, dd) > a:not(.button, .door, .call, .helpline)')) if (!told(link) && !link.querySelector('svg')) say('a link by its colour alone', link);
  for (const one of all('[aria-current]')) if (!told(one) && !one.closest('.planks, .status-steps')) say('current by colour alone', one);
  for (const one of document.querySelectorAll('[aria-invalid=true]')) {
    const ids = (one.getAttribute('aria-describedby') ?? '').split(' ');
    const words = ids.map((id) => document.getElementById(id)).find((said) => said?.matches('.field-error'));
    if (!words?.innerText.trim() || !words.querySelector('svg')) say('wrong by colour alone', one);
  }
  for (const svg of all('body svg')) {
    const holder = svg.closest('a, button, label, summary, li, dd, dt, td, legend, h1, h2, h3, .flash, .big-check, .column, details');
    if (!holder?.innerText.trim() && !svg.closest('.town')) say('a sign without words', svg.parentElement);
  }
  const own = document.querySelectorAll('main :is(input[type=tel], input[type=email], input[name=first_name], input[name=postal_address])');
  for (const one of own) {
    const purpose = one.autocomplete;
    if (!purpose || (purpose === 'off' && !location.pathname.startsWith('/partenaire'))) say('a field of one’s own without its purpose', one);
  }
  for (const one of document.querySelectorAll('video, [autoplay], audio:not([controls])')) say('a sound that begins by itself or has no controls', one);
  return found;
})()`;

/** Where a page tells something by colour, shape or place alone, hides what a field is for, or makes a sound by itself. */
export async function signFaults(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(SIGNS);
}
