export function Switch(props: { label: string; on: boolean; onChange: (on: boolean) => void }) {
  return (
    <button
      type="button"
      role="switch"
      className="switch"
      aria-checked={props.on}
      onClick={() => props.onChange(!props.on)}
    >
      <i />
      {props.label}
    </button>
  );
}
