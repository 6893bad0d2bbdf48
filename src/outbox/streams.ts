/** A stream is a workflow id: one subject, one order of events, one workflow (architecture.md, "Streams"). */
export type StreamId =
  | `referral/${string}`
  | `daily/${string}`
  | `partner-request/${string}`
  | `session/${string}`
  | `rights-request/${string}`;

/** Of a case, from its receipt to its closing. */
export function referralStream(caseId: string): StreamId {
  return `referral/${caseId}`;
}

/** Of one question to one organisation. */
export function partnerRequestStream(requestId: string): StreamId {
  return `partner-request/${requestId}`;
}

/** Of one meeting. */
export function sessionStream(sessionId: string): StreamId {
  return `session/${sessionId}`;
}

/** Of one thing a person asked about the data kept on them. */
export function rightsRequestStream(requestId: string): StreamId {
  return `rights-request/${requestId}`;
}

/** Of a town's nights. */
export function dailyStream(townId: string): StreamId {
  return `daily/${townId}`;
}

/** The other way: what a stream is about, and the subject's id. */
export function subjectOf(stream: string): { about: string; id: string } {
  const at = stream.indexOf('/');
  return { about: stream.slice(0, at), id: stream.slice(at + 1) };
}

/** The request a stream is about, where it is about one. */
export function requestOfStream(stream: string): string | undefined {
  const { about, id } = subjectOf(stream);
  return about === 'partner-request' ? id : undefined;
}
