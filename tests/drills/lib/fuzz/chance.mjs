// Chance that repeats: the same words give the same draws, whatever else is drawn in between.

/** Four 32-bit numbers that depend on every letter (cyrb128, public domain). */
function hash(text) {
  let [a, b, c, d] = [1779033703, 3144134277, 1013904242, 2773480762];
  for (let i = 0; i < text.length; i++) {
    const k = text.charCodeAt(i);
    a = b ^ Math.imul(a ^ k, 597399067);
    b = c ^ Math.imul(b ^ k, 2869860233);
    c = d ^ Math.imul(c ^ k, 951274213);
    d = a ^ Math.imul(d ^ k, 2716044179);
  }
  return [a ^ b ^ c ^ d, b ^ a, c ^ a, d ^ a].map((n) => n >>> 0);
}

export class Chance {
  #state;

  constructor(...words) {
    this.#state = hash(words.join('\n'));
    for (let i = 0; i < 12; i++) this.next();
  }

  /** From 0 to below 1 (sfc32). */
  next() {
    let [a, b, c, d] = this.#state;
    const t = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    this.#state = [a | 0, b, c | 0, d];
    return (t >>> 0) / 4294967296;
  }

  below(n) {
    return Math.floor(this.next() * n);
  }

  is(share) {
    return this.next() < share;
  }

  pick(list) {
    return list[this.below(list.length)];
  }

  shuffled(list) {
    const items = [...list];
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [items[i], items[j]] = [items[j], items[i]];
    }
    return items;
  }
}
