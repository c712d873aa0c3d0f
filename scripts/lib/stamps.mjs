import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { artifacts, inRoot, root } from './paths.mjs';

const skipped = new Set(['bin', 'obj', 'node_modules', 'dist', 'coverage', 'TestResults']);

/**
 * Something that is made from files: made again when the content of one changed, or when what it made is gone.
 * Content and not time, because a checkout gives every file the time of the checkout.
 */
export class Stamp {
  constructor(name, inputs, outputs) {
    this.file = join(artifacts, 'stamps', name);
    this.inputs = inputs.map((path) => inRoot(path));
    this.outputs = outputs.map((path) => inRoot(path));
  }

  isFresh() {
    return this.outputs.every(existsSync) && existsSync(this.file) && readFileSync(this.file, 'utf8') === this.hash();
  }

  write() {
    mkdirSync(join(artifacts, 'stamps'), { recursive: true });
    writeFileSync(this.file, this.hash());
  }

  hash() {
    const sum = createHash('sha256').update(process.platform + process.arch);
    for (const input of this.inputs)
      for (const file of filesIn(input)) sum.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
    return sum.digest('hex');
  }
}

function filesIn(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => !skipped.has(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => filesIn(join(path, entry.name)));
}
