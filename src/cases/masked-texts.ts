/** What somebody told with their request in their own words, and the table it stands in. */
export const TOLD_TEXTS = {
  story: 'case_story',
  place_text: 'case_story',
  hopes_text: 'case_situation',
  service_text: 'case_situation',
} as const;
export type ToldText = keyof typeof TOLD_TEXTS;

/** Why a passage is masked (R78, R79, R80). */
export const MASK_REASONS = ['third_person', 'health', 'origin_or_opinions', 'offence', 'private_life'] as const;
export type MaskReason = (typeof MASK_REASONS)[number];
