import type { PasswordFault } from './password-policy.ts';

export type AccountErrorCode =
  'bad_address' | 'address_taken' | 'unknown_account' | 'demo_only' | `password_${PasswordFault}`;

/** An account operation that a caller asked for wrongly; the message is the code, never an address. */
export class AccountError extends Error {
  override name = 'AccountError';
  readonly code: AccountErrorCode;
  constructor(code: AccountErrorCode, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
  }
}
