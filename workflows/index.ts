export { daily } from './daily.ts';
export { mediationSession } from './mediation-session.ts';
export { partnerRequest } from './partner-request.ts';
export { referral } from './referral.ts';
export { rightsRequest } from './rights-request.ts';
