import { t } from "@texts/ui";
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
  const lines = text.split("\n");
  return (
    <div className="copybox">
      {/* One line needs no number. */}
      <pre className={lines.length > 1 ? "code" : "code plain"} role="group" aria-label={label}>
        {lines.map((line) => (
          <div key={line}>
            <span>{line}</span>
          </div>
        ))}
      </pre>
      <Button small onClick={copy} aria-live="polite">
        {done ? t.copied : t.copy}
      </Button>
    </div>
  );
}
