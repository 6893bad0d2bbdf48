import { type Kysely, sql } from 'kysely';

// Staff accounts. The first five tables are what better-auth 1.7.25 expects, names and types as its own generator prints them
// (tests/database/accounts.test.ts compares); the last two are ours. Login passerelle_auth reads them, nobody else.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table auth."user" (
      "id" uuid primary key default pg_catalog.gen_random_uuid(),
      "name" text not null,
      "email" text not null unique,
      "emailVerified" boolean not null,
      "image" text,
      "createdAt" timestamptz not null default current_timestamp,
      "updatedAt" timestamptz not null default current_timestamp,
      "twoFactorEnabled" boolean
    );
    -- "updatedAt" is when the session was last used; "secondFactor" is true only for a session that a second factor opened (R89).
    create table auth."session" (
      "id" uuid primary key default pg_catalog.gen_random_uuid(),
      "expiresAt" timestamptz not null,
      "token" text not null unique,
      "createdAt" timestamptz not null default current_timestamp,
      "updatedAt" timestamptz not null,
      "ipAddress" text,
      "userAgent" text,
      "userId" uuid not null references auth."user" ("id") on delete cascade,
      "secondFactor" boolean not null default false
    );
    create index "session_userId_idx" on auth."session" ("userId");
    create table auth."account" (
      "id" uuid primary key default pg_catalog.gen_random_uuid(),
      "accountId" text not null,
      "providerId" text not null,
      "userId" uuid not null references auth."user" ("id") on delete cascade,
      "accessToken" text,
      "refreshToken" text,
      "idToken" text,
      "accessTokenExpiresAt" timestamptz,
      "refreshTokenExpiresAt" timestamptz,
      "scope" text,
      "password" text,
      "createdAt" timestamptz not null default current_timestamp,
      "updatedAt" timestamptz not null
    );
    create index "account_userId_idx" on auth."account" ("userId");
    create table auth."verification" (
      "id" uuid primary key default pg_catalog.gen_random_uuid(),
      "identifier" text not null,
      "value" text not null,
      "expiresAt" timestamptz not null,
      "createdAt" timestamptz not null default current_timestamp,
      "updatedAt" timestamptz not null default current_timestamp
    );
    create index "verification_identifier_idx" on auth."verification" ("identifier");
    -- One per person: two enrolments at once must not leave two secrets.
    create table auth."twoFactor" (
      "id" uuid primary key default pg_catalog.gen_random_uuid(),
      "secret" text not null,
      "backupCodes" text not null,
      "userId" uuid not null references auth."user" ("id") on delete cascade,
      "verified" boolean,
      "failedVerificationCount" integer,
      "lockedUntil" timestamptz
    );
    create index "twoFactor_secret_idx" on auth."twoFactor" ("secret");
    create unique index "twoFactor_userId_idx" on auth."twoFactor" ("userId");

    -- The newest 30-second step whose code opened a session: a code works once inside its window.
    create table auth.totp_claim (
      user_id uuid primary key references auth."user" ("id") on delete cascade,
      last_step bigint not null
    );
    create table auth.invitation (
      token_hash bytea primary key check (octet_length(token_hash) = 32),
      user_id uuid not null references auth."user" ("id") on delete cascade,
      created_at timestamptz not null default clock_timestamp(),
      expires_at timestamptz not null,
      used_at timestamptz
    );
    create index invitation_by_user on auth.invitation (user_id);

    revoke all on all tables in schema auth from public;
    grant select, insert, update, delete on all tables in schema auth to app_auth;
  `.execute(db);
}
