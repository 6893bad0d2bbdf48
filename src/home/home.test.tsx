import { describe, expect, it } from 'vitest';
import { translator } from '../i18n/catalogue.ts';
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
