/** What happens next, in order. `across` sets the steps side by side on wide screens. */
export function NumberedSteps(props: { steps: readonly { title: string; text: string }[]; across?: boolean }) {
  return (
    <ol class={props.across ? 'steps steps-across' : 'steps'}>
      {props.steps.map((step) => (
        <li>
          <h3>{step.title}</h3>
          <p>{step.text}</p>
        </li>
      ))}
    </ol>
  );
}
