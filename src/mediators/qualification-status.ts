export type KnownQualification = { status: 'verified' | 'in_progress' | 'to_verify'; validUntil: string | null };

/**
 * R40: without a verified diploma or professional training, still valid on that day, a mediator cannot lead a case.
 * @param today local date of the town, YYYY-MM-DD.
 */
export function canLead(qualifications: readonly KnownQualification[], today: string): boolean {
  return qualifications.some(
    (qualification) =>
      qualification.status === 'verified' && (qualification.validUntil === null || qualification.validUntil >= today),
  );
}
