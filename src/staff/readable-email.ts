import { domainToUnicode } from 'node:url';

/** As it is written to, and, for an international domain, as people read it (B-45): « rosa@xn--exmple-cua.fr (exämple.fr) ». */
export function readableEmail(email: string): string {
  const domain = email.slice(email.indexOf('@') + 1);
  const read = domainToUnicode(domain);
  return read === '' || read === domain ? email : `${email} (${read})`;
}
