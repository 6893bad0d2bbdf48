import { z } from 'zod';

const Environment = z.object({
  DATABASE_URL: z.url(),
  AUTH_DATABASE_URL: z.url().optional(),
  MIGRATE_DATABASE_URL: z.url().optional(),
  PASSERELLE_LOGINS: z.string().optional(),
  TEMPORAL_ADDRESS: z.string().default('127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: z.string().default('default'),
  TEMPORAL_TASK_QUEUE: z.string().default('passerelle'),
  SMTP_URL: z.url().default('smtp://127.0.0.1:1025'),
  MAIL_LOOKUP_URL: z.url().optional(),
  MAIL_FROM: z.string().default('mediation@val-riviere.example'),
  /** Where ClamAV listens: `host:port`, or the path of its socket. */
  CLAMD_ADDRESS: z
    .string()
    .regex(/^(\/\S+|\S+:\d{1,5})$/)
    .optional(),
  PUBLIC_ORIGIN: z.url().optional(),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  /** Addresses and networks of the reverse proxies in front of us, with commas: only they may say who the client is. */
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((entry) => entry.trim())
        .filter(Boolean),
    )
    .pipe(z.array(z.string().regex(/^[0-9a-f.:]+(\/\d{1,3})?$/i))),
  PASSERELLE_KEYS: z.string(),
  PASSERELLE_DEMO: z.enum(['0', '1']).default('0'),
  PASSERELLE_STATE_DIR: z.string().optional(),
  WORKFLOW_BUNDLE: z.string().optional(),
  PASSERELLE_CRASH_AT: z.string().optional(),
  NODE_ENV: z.string().default('development'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

/** Everything a process may be told from outside. Built once at start; nothing else reads the environment. */
export type Config = {
  databaseUrl: string;
  authDatabaseUrl: string;
  migrateDatabaseUrl: string;
  logins: Record<string, string>;
  temporal: { address: string; namespace: string; taskQueue: string; bundlePath: string | undefined };
  smtpUrl: string;
  mailLookupUrl: string | undefined;
  mailFrom: string;
  /** Nothing: files are let through without an antivirus, and say so. */
  clamdAddress: string | undefined;
  publicOrigin: string | undefined;
  /** The public origin is https: cookies are Secure and named __Host-. */
  secureCookies: boolean;
  host: string;
  port: number;
  /** Whose X-Forwarded-For is believed (src/limits/client-address.ts). */
  trustedProxies: readonly string[];
  keys: string;
  demo: boolean;
  stateDir: string | undefined;
  production: boolean;
  /** Fault tests only: the named point where this process kills itself. */
  crashAt: string | undefined;
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
};

export class ConfigError extends Error {
  override name = 'ConfigError';
}

/**
 * Reads the environment into a Config.
 * @throws ConfigError naming the variables (never their values) that are missing or wrong, or a demo mode that is not allowed.
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const parsed = Environment.safeParse(env);
  if (!parsed.success) {
    throw new ConfigError(`Environment: ${parsed.error.issues.map((issue) => issue.path.join('.')).join(', ')}`);
  }
  const e = parsed.data;
  const config: Config = {
    databaseUrl: e.DATABASE_URL,
    authDatabaseUrl: e.AUTH_DATABASE_URL ?? e.DATABASE_URL,
    migrateDatabaseUrl: e.MIGRATE_DATABASE_URL ?? e.DATABASE_URL,
    logins: e.PASSERELLE_LOGINS ? z.record(z.string(), z.string()).parse(JSON.parse(e.PASSERELLE_LOGINS)) : {},
    temporal: {
      address: e.TEMPORAL_ADDRESS,
      namespace: e.TEMPORAL_NAMESPACE,
      taskQueue: e.TEMPORAL_TASK_QUEUE,
      bundlePath: e.WORKFLOW_BUNDLE,
    },
    smtpUrl: e.SMTP_URL,
    mailLookupUrl: e.MAIL_LOOKUP_URL,
    mailFrom: e.MAIL_FROM,
    clamdAddress: e.CLAMD_ADDRESS,
    publicOrigin: e.PUBLIC_ORIGIN,
    secureCookies: e.PUBLIC_ORIGIN?.startsWith('https:') ?? false,
    host: e.HOST,
    port: e.PORT,
    trustedProxies: e.TRUSTED_PROXIES,
    keys: e.PASSERELLE_KEYS,
    demo: e.PASSERELLE_DEMO === '1',
    stateDir: e.PASSERELLE_STATE_DIR,
    production: e.NODE_ENV === 'production',
    crashAt: e.NODE_ENV === 'production' ? undefined : e.PASSERELLE_CRASH_AT,
    logLevel: e.LOG_LEVEL,
  };
  refuseDemoOutsideLoopback(config);
  return config;
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);

function refuseDemoOutsideLoopback(config: Config): void {
  if (!config.demo) return;
  if (config.production) throw new ConfigError('PASSERELLE_DEMO is refused when NODE_ENV=production');
  if (config.publicOrigin && !LOOPBACK.has(new URL(config.publicOrigin).hostname)) {
    throw new ConfigError('PASSERELLE_DEMO is refused when PUBLIC_ORIGIN is not loopback');
  }
  if (!LOOPBACK.has(config.host)) throw new ConfigError('PASSERELLE_DEMO is refused when HOST is not loopback');
}
