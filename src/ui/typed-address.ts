/** An address as people type it: without its scheme. */
export function typedAddress(address: string): string {
  return address.replace(/^https?:\/\//u, '');
}
