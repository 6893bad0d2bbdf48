import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import chromiumPackage from '@sparticuz/chromium';
import { type Browser, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The Chromium that npm brought, or the one whose path is given; works as root, needs no system package. */
export async function openBrowser(more: readonly string[] = []): Promise<Browser> {
  const executablePath = process.env['CHROMIUM'] ?? (await chromiumPackage.executablePath());
  return chromium.launch({
    executablePath,
    args: [
      ...chromiumPackage.args.filter((argument) => argument !== '--single-process' && argument !== '--no-zygote'),
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
    headless: true,
  });
}

export type Look = { width: number; scheme: 'light' | 'dark'; script?: boolean };

export async function openPage(browser: Browser, { width, scheme, script = false }: Look): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: scheme,
    locale: 'fr-FR',
    javaScriptEnabled: script,
  });
  return context.newPage();
}

/** Both widths and both schemes, crossed: colours do not change with the width, nor the layout with the scheme. */
export const LOOKS = [
  { width: 320, scheme: 'dark' },
  { width: 1280, scheme: 'light' },
] as const;

/** axe finds nothing on this page, and nothing is wider than the screen; `at` says which page it is. Needs a page opened with script. */
export async function looksRight(page: Page, at: string): Promise<void> {
  const sideways = await sidewaysScroll(page);
  expect({ at, faults: await axeFaults(page), sideways }).toEqual({ at, faults: [], sideways: 0 });
}

/** Rules axe breaks on this page, by id and selector; needs a page opened with script. */
export async function axeFaults(page: Page): Promise<string[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axeSource);
  // axe is what the line above put on the page.
  const faults: unknown = await page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then((r) => r.violations.map((v) => v.id + ' ' + v.nodes.map((n) => n.target.join(' ')).join(', ')))`,
  );
  return Array.isArray(faults) ? faults.map(String) : ['axe did not run'];
}

/** How much wider the page is than the screen, in CSS pixels. */
export async function sidewaysScroll(page: Page): Promise<number> {
  return Number(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'));
}
