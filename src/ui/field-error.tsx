import { Pictogram } from './pictogram.tsx';

/** What to do next, above the control it is about; nothing when there is no error. */
export function FieldError({ name, error }: { name: string; error?: string | undefined }) {
  if (!error) return null;
  return (
    <p class="field-error" id={`${name}-error`}>
      <Pictogram name="triangle" />
      <span>{error}</span>
    </p>
  );
}
