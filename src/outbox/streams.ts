/** A stream is a workflow id: one subject, one order of events, one workflow (architecture.md, "Streams"). */
export type StreamId = `referral/${string}` | `daily/${string}` | `partner-request/${string}` | `session/${string}`;

export function referralStream(caseId: string): StreamId {
  return `referral/${caseId}`;
}

export function partnerRequestStream(requestId: string): StreamId {
  return `partner-request/${requestId}`;
}

export function sessionStream(sessionId: string): StreamId {
  return `session/${sessionId}`;
}

export function dailyStream(townId: string): StreamId {
  return `daily/${townId}`;
}

/** The request a stream is about, where it is about one. */
export function requestOfStream(stream: string): string | undefined {
  return stream.startsWith('partner-request/') ? stream.slice('partner-request/'.length) : undefined;
}
