/** A stream is a workflow id: one subject, one order of events, one workflow (architecture.md, "Streams"). */
export type StreamId = `referral/${string}` | `daily/${string}`;

export function referralStream(caseId: string): StreamId {
  return `referral/${caseId}`;
}

export function dailyStream(townId: string): StreamId {
  return `daily/${townId}`;
}
