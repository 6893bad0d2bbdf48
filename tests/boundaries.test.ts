import { fileURLToPath } from 'node:url';
import { cruise, type IForbiddenRuleType } from 'dependency-cruiser';
import { expect, test } from 'vitest';

// Who may import what (style.md §3c), executed on run-time imports: types vanish and are free.

const OURS = '^(src|workflows|emails|migrations)/';
const not = (name: string, from: string, to: string, except?: string): IForbiddenRuleType => ({
  name,
  severity: 'error' as const,
  from: { path: from, pathNot: '\\.test\\.tsx?$' },
  to: { path: to, ...(except ? { pathNot: except } : {}) },
});

const RULES: IForbiddenRuleType[] = [
  { name: 'no cycles', severity: 'error' as const, from: { path: OURS }, to: { circular: true } },
  {
    name: 'workflows reach nothing but the SDK and each other',
    severity: 'error' as const,
    from: { path: '^workflows/' },
    to: { path: '.', pathNot: '^workflows/|@temporalio/(workflow|common)', reachable: true },
  },
  not('emails know React and each other', '^emails/', '^(src|workflows|migrations)/', '^src/i18n/'),
  not('migrations know Kysely only', '^migrations/', '^(src|workflows|emails)/'),
  not('the state machine is alone in its file', '-status\\.ts$', OURS, '-status\\.ts$'),
  not(
    'forms parse, and know no database',
    '\\.form\\.ts$',
    '^src/(db|outbox|temporal|mail|activities)/',
    '^src/(db/transaction|mail/)',
  ),
  not('pages ask nothing', '\\.page\\.tsx$', '\\.query\\.tsx?$|^src/(db|outbox|temporal|activities)/'),
  not('queries change nothing', '\\.query\\.ts$', '\\.command\\.ts$|^src/outbox/'),
  not(
    'commands know no web, no engine, no template',
    '\\.command\\.ts$',
    '^src/(http|ui|temporal)/|\\.page\\.tsx$|node_modules/(hono|nodemailer|@temporalio)/',
  ),
  not(
    'routes reach data through queries and commands',
    '\\.routes\\.tsx$',
    '^src/(db|outbox|temporal|mail|activities)/',
  ),
  not(
    'only src/temporal speaks to the engine',
    '^(src/(?!temporal/)|workflows/|emails/|migrations/)',
    'node_modules/@temporalio/(client|worker)/',
  ),
  not('only src/pdf typesets', '^src/(?!pdf/)', 'node_modules/@myriaddreamin/'),
  not(
    'papers ask nothing',
    '^src/(pdf|letters)/',
    '^src/(db|outbox|temporal|mail|cases|staff|http)/|\\.(query|command)\\.ts$',
  ),
  not('only src/mail sends', '^src/(?!mail/|dev/)', 'node_modules/nodemailer/|^emails/'),
  not('no feature imports the app', '^src/(?!main\\.ts|roles/|http/)', '^src/http/app\\.tsx$'),
  not(
    'the calendar and the words are pure',
    '^src/(calendar|i18n)/',
    '^src/(?!calendar|i18n)|^(workflows|emails|migrations)/',
  ),
  not('privacy knows nobody', '^src/privacy/', '^src/(?!privacy)|^(workflows|emails|migrations)/'),
];

const root = fileURLToPath(new URL('..', import.meta.url));

test('every import goes the way the house allows', { timeout: 120_000 }, async () => {
  const result = await cruise(
    ['src', 'workflows', 'emails', 'migrations'],
    {
      baseDir: root,
      validate: true,
      ruleSet: { forbidden: RULES },
      doNotFollow: { path: 'node_modules' },
      tsPreCompilationDeps: false,
      exclude: { path: '\\.test\\.tsx?$|^src/dev/' },
      enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
    },
    {},
    { tsConfig: {} },
  );
  if (typeof result.output === 'string') throw new Error('dependency-cruiser gave no object');
  const { summary, modules } = result.output;
  expect(modules.length).toBeGreaterThan(100);
  expect(summary.violations.map((violation) => `${violation.rule.name}: ${violation.from} → ${violation.to}`)).toEqual(
    [],
  );
});
