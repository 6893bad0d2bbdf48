import { describe, expect, it } from 'vitest';
import { translator } from '../i18n/catalogue.ts';
import { locales } from '../i18n/languages.ts';
import type { TownView } from '../ui/town-view.ts';
import { homeRoutes } from './home.routes.tsx';

const town: TownView = {
  name: 'Val-Rivière',
  isDemo: true,
  phone: '01\u00a099\u00a000\u00a012\u00a034',
  phoneHref: 'tel:+33199001234',
  email: 'mediation@val-riviere.example',
  address: '4 place du Lavoir',
  openingHours: 'du lundi au vendredi, 9\u00a0h – 17\u00a0h\u00a030',
  deskHours: 'le mardi et le jeudi, 14\u00a0h – 18\u00a0h',
  controller: 'Ville de Val-Rivière',
  processor: 'Association Passerelle',
  dpoContact: 'dpo@val-riviere.example',
  legalBasis: 'mission d’intérêt public',
  retentionMonths: 12,
  interpreters: true,
};

const app = homeRoutes({ town: () => ({ view: town, t: translator('fr') }) });
const paths = ['/', '/danger', '/informations', '/mentions-legales', '/accessibilite'];

async function page(path: string): Promise<string> {
  const answer = await app.request(path);
  expect(answer.status).toBe(200);
  return answer.text();
}

describe.each(paths)('the page %s', (path) => {
  it('has one title, no style attribute, nothing from elsewhere', async () => {
    const html = await page(path);
    expect(html.match(/<h1/gu)).toHaveLength(1);
    expect(html).not.toMatch(/\sstyle=|<style|\son\w+=/u);
    expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\/[^"]*\.(?:js|css|woff2?|png|svg)/u);
  });

  it('R104: says it is invented; R95: gives the ways that need no computer; lets people leave quickly', async () => {
    const html = await page(path);
    expect(html).toContain('>FICTIF<');
    for (const way of [town.phone, town.address, town.deskHours]) expect(html).toContain(way);
    expect(html).toContain('data-quick-exit');
  });
});

const plain = (html: string) => html.replaceAll('&#39;', '’').replaceAll('&quot;', '"');

describe.each(locales)('in %s', (locale) => {
  const t = translator(locale);
  const read = async (path: string, view: TownView = town) =>
    plain(await (await homeRoutes({ town: () => ({ view, t }) }).request(path)).text());

  it.each(paths)(
    'R101: %s says whether it is a translation that nobody has checked, and leads to the French page',
    async (path) => {
      const html = await read(path);
      expect(html.includes(plain(t('ui.translation')))).toBe(!t.checked);
      const main = html.slice(html.indexOf('<footer'));
      expect(main.includes('href="/langue/fr"')).toBe(!t.checked);
    },
  );

  it.each(paths)('§4.8: %s offers a call with an interpreter once, where the town pays one', async (path) => {
    const offers = (await read(path)).split('href="/rappel"').length - 1;
    // The home offers it to everybody; whoever reads French has the column of the forms for it.
    expect(offers).toBe(path === '/' || t.tag !== 'fr' ? 1 : 0);
    expect(await read(path, { ...town, interpreters: false })).not.toContain('/rappel');
  });

  it('§3.8: the home links the mention « non conforme », the statement says it with its scheme and plan of the year', async () => {
    const [home, statement] = [await read('/'), await read('/accessibilite')];
    expect(home).toContain(`<a href="/accessibilite">${t('ui.footer.accessibility')}</a>`);
    for (const said of [t('legal.accessibility.status'), 'href="#schema"', 'id="schema"', 'href="#plan"', 'id="plan"', t('legal.accessibility.invented')])
      expect(statement).toContain(said);
    const real = await read('/accessibilite', { ...town, isDemo: false });
    expect(real).not.toContain('id="plan"');
    expect(real).toContain(t('legal.accessibility.noPlans', { email: '|' }).split('|')[0]);
  }); // prettier-ignore
});

describe('the home', () => {
  it('offers four doors and stays light (design §9)', async () => {
    const html = await page('/');
    for (const need of ['person', 'group', 'service', 'link']) expect(html).toContain(`href="/demande?besoin=${need}"`);
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(18 * 1024);
  });
});

describe('the danger page', () => {
  it('§4.11: gives every number, calls nobody, and leaves the way to a request open', async () => {
    const html = await page('/danger');
    for (const number of ['17', '112', '18', '15', '119', '3919', '3018', '3114', '116006', '3977', '115']) {
      expect(html).toContain(`href="tel:${number}"`);
    }
    expect(html).toContain('href="sms:114"');
    expect(html).toContain('Ouvrir cette page n’appelle personne.');
    expect(html).toContain('href="/demande"');
  });
});

it('§3.8: the mention is the one the law has words for', async () => {
  expect(await page('/')).toContain('>Accessibilité\u00a0: non conforme</a>');
});

describe('the notice', () => {
  it('R74: prints controller, processor, contact and legal basis; R76: how long, rights, CNIL', async () => {
    const html = await page('/informations');
    for (const said of [town.controller, town.processor, town.dpoContact, town.legalBasis, '12\u00a0mois', 'CNIL']) {
      expect(html).toContain(said);
    }
  });

  it('R96: says mediation is no court procedure', async () => {
    expect(await page('/informations')).toContain('n’est pas une procédure judiciaire');
  });
});
