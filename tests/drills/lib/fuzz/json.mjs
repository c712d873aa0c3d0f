// JSON as people should not write it: numbers beyond double, half a surrogate, a member twice.

/** Text that stands in the body as it is. */
export class Raw {
  constructor(text) {
    this.text = text;
  }
}

/** Takes the place of a value that is left out. */
export const absent = Symbol('absent');

export function write(value) {
  if (value instanceof Raw) return value.text;
  if (Array.isArray(value)) return `[${value.filter((v) => v !== absent).map(write).join(',')}]`;
  if (value !== null && typeof value === 'object') return `{${members(value).join(',')}}`;
  return JSON.stringify(value);
}

const members = (object) =>
  Object.entries(object)
    .filter(([, value]) => value !== undefined && value !== absent)
    .map(([name, value]) => `${JSON.stringify(name)}:${write(value)}`);

/** Every place within, as the names that lead to it; the whole is `[]`. */
export function places(value, path = []) {
  if (value === null || typeof value !== 'object' || value instanceof Raw) return [path];
  const within = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return [path, ...within.flatMap((name) => places(value[name], [...path, name]))];
}

export const at = (value, path) => path.reduce((part, name) => part?.[name], value);

/** A copy in which another value stands at that place. */
export function replaced(value, path, by) {
  if (path.length === 0) return by;
  const copy = Array.isArray(value) ? [...value] : { ...value };
  copy[path[0]] = replaced(value[path[0]], path.slice(1), by);
  return copy;
}
