import { useState } from "react";
import { Button } from "./Button";

/** A command to copy. */
export function CopyBox({ text, label }: { text: string; label: string }) {
  const [done, setDone] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setDone(true);
    setTimeout(() => setDone(false), 2000);
  };
  return (
    <div className="copybox">
      <pre className="code" role="group" aria-label={label}>
        {text.split("\n").map((line) => (
          <div key={line}>
            <span>{line}</span>
          </div>
        ))}
      </pre>
      <Button small onClick={copy} aria-live="polite">
        {done ? "Copied" : "Copy"}
      </Button>
    </div>
  );
}
