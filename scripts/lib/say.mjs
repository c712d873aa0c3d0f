import { styleText } from 'node:util';

const colours = process.stdout.isTTY && !process.env.NO_COLOR && styleText;
const paint = (style, text) => (colours ? styleText(style, text) : text);

export const say = (text) => console.log(paint('dim', '· ') + text);
export const good = (text) => console.log(paint('green', '✓ ') + text);
export const bad = (text) => console.log(paint('red', '✗ ') + text);

/** One clear line, and the end. */
export function refuse(text) {
  console.error(`torch: ${text}`);
  process.exit(1);
}
