export { daily } from './daily.ts';
export { referral } from './referral.ts';
