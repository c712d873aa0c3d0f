import { t } from "@texts/util";
import { listed } from "./number";

/** Red, green, blue of `#a1b2c3`, 0 to 255; undefined where it is no such colour. */
export function readColour(text: string): [number, number, number] | undefined {
  const m = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(text.trim());
  return m ? ([1, 2, 3].map((i) => Number.parseInt(m[i] ?? "0", 16)) as [number, number, number]) : undefined;
}

/** Relative luminance, WCAG 2.2. */
function luminance(rgb: readonly number[]): number {
  const [r = 0, g = 0, b = 0] = rgb.map((byte) => {
    const share = byte / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast ratio, WCAG 2.2: 1 to 21. */
export function contrast(a: string, b: string): number {
  const [first, second] = [readColour(a), readColour(b)];
  if (!first || !second) return 1;
  const [high, low] = [luminance(first), luminance(second)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** The canvases that a shape must stand out from: light and dark. */
const canvases = { light: "#f8f9fa", dark: "#0d0e11" } as const;
const themes = { light: t.theLightPage, dark: t.theDarkPage } as const;
const least = 3;

/** Why a shape of this colour would be hard to see; undefined where it is fine in both themes. */
export function hardToSee(colour: string): string | undefined {
  if (!readColour(colour)) return t.aColourSuchAs7a4fbf;
  const faint = (Object.keys(canvases) as (keyof typeof canvases)[]).filter(
    (theme) => contrast(colour, canvases[theme]) < least,
  );
  return faint.length > 0 ? t.tooCloseToThePageAShapeNeedsA(listed(faint.map((theme) => themes[theme]))) : undefined;
}
