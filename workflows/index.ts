export { daily } from './daily.ts';
export { partnerRequest } from './partner-request.ts';
export { referral } from './referral.ts';
