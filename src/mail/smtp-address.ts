import type { SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection';

/** Real milliseconds. The whole of one send stays well inside the 90 s lease of its row (F-21). */
export type SmtpLimits = { connect: number; greeting: number; silence: number; whole: number };
export const SMTP_LIMITS: SmtpLimits = { connect: 5_000, greeting: 5_000, silence: 20_000, whole: 60_000 };

export type SmtpAddress = { connection: SMTPConnectionOptions; login: { user: string; pass: string } | undefined };

/**
 * Reads `smtps://…` (TLS from the start) or `smtp://…` (STARTTLS when offered; refused without it under `?requireTLS`, or when a
 * password would travel). @throws Error when the address is neither.
 */
export function readSmtpUrl(url: string, limits: SmtpLimits): SmtpAddress {
  const { protocol, hostname, port, username, password, searchParams } = new URL(url);
  if (protocol !== 'smtp:' && protocol !== 'smtps:') throw new Error('SMTP_URL must begin with smtp:// or smtps://');
  const secure = protocol === 'smtps:';
  const asked = searchParams.has('requireTLS') && searchParams.get('requireTLS') !== 'false';
  return {
    connection: {
      host: hostname.replace(/^\[(.*)\]$/, '$1'),
      port: Number(port) || (secure ? 465 : 25),
      secure,
      requireTLS: !secure && (asked || username !== ''),
      connectionTimeout: limits.connect,
      dnsTimeout: limits.connect,
      greetingTimeout: limits.greeting,
      socketTimeout: limits.silence,
      socketCloseTimeout: 1_000,
    },
    login: username === '' ? undefined : { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
  };
}
