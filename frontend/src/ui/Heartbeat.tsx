import { memo } from "react";

export interface Beat {
  tone: string;
  /** Pixels of 16; taller is worse. */
  height: number;
}

const pitch = 4;

/** One bar per bucket, one path per tone; a bucket without data is a hatch, never a height. */
export const Heartbeat = memo(function Heartbeat({ beats, label }: { beats: readonly (Beat | null)[]; label: string }) {
  const width = beats.length * pitch - 1;
  return (
    <svg className="hb" viewBox={`0 0 ${width} 16`} preserveAspectRatio="none" role="img" aria-label={label}>
      {[...outlines(beats)].map(([tone, d]) => (
        <path key={tone} className={tone === "nd" ? "nd" : `s-${tone}`} d={d} />
      ))}
    </svg>
  );
});

/** Path data by tone; neighbours without data become one hatch. */
export function outlines(beats: readonly (Beat | null)[]): Map<string, string> {
  const byTone = new Map<string, string>();
  const add = (tone: string, d: string) => byTone.set(tone, (byTone.get(tone) ?? "") + d);
  for (let i = 0; i < beats.length; i++) {
    const beat = beats[i];
    const x = i * pitch;
    if (beat) {
      add(beat.tone, `M${x} 16V${16 - beat.height}H${x + 3}V16Z`);
      continue;
    }
    let end = i;
    while (end + 1 < beats.length && !beats[end + 1]) end++;
    add("nd", `M${x} 16V9H${end * pitch + 3}V16Z`);
    i = end;
  }
  return byTone;
}
