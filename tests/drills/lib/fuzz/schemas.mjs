// What an OpenAPI 3.1 document says of JSON: holds an answer against it. Knows the words that Torch's document uses, and refuses others, so that
// nothing is passed over in silence.
const known = new Set([
  '$ref', 'type', 'format', 'enum', 'oneOf', 'allOf', 'anyOf', 'required', 'properties', 'additionalProperties', 'items', 'minimum', 'maximum',
  'minLength', 'maxLength', 'minItems', 'maxItems', 'pattern', 'description', 'examples', 'example', 'title', 'default', 'deprecated', 'readOnly',
]);
const formats = {
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
  duration: /^-?P(?=.)(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/,
};
const integers = { int32: 2 ** 31, int64: 2 ** 63 };

export class Schemas {
  constructor(document) {
    this.document = document;
  }

  /** The schema that a reference names. */
  resolve(schema) {
    const name = nameOf(schema);
    return name ? this.document.components.schemas[name] : schema;
  }

  /** Where and how a value breaks its schema; empty where it keeps to it. */
  faults(schema, value, at = '') {
    const stranger = Object.keys(schema).find((word) => !known.has(word));
    if (stranger) return [`${at}: the document uses "${stranger}", which this drill does not know`];
    if (schema.$ref) return this.faults(this.resolve(schema), value, at);
    if (schema.allOf) return schema.allOf.flatMap((one) => this.faults(one, value, at));
    if (schema.oneOf || schema.anyOf) return this.#choice(schema.oneOf ?? schema.anyOf, value, at);
    if (schema.enum && !schema.enum.includes(value)) return [`${at}: ${show(value)} is none of ${schema.enum.join(', ')}`];
    if (!fits(schema.type, value)) return [`${at}: ${show(value)} is not ${[schema.type].flat().join(' or ')}`];
    if (Array.isArray(value)) return schema.items ? value.flatMap((item, i) => this.faults(schema.items, item, `${at}/${i}`)) : [];
    if (value !== null && typeof value === 'object') return this.#object(schema, value, at);
    return scalar(schema, value, at);
  }

  #choice(schemas, value, at) {
    const found = schemas.map((one) => this.faults(one, value, at));
    return found.some((faults) => faults.length === 0) ? [] : found.reduce((least, faults) => (faults.length > least.length ? faults : least));
  }

  #object(schema, value, at) {
    const faults = (schema.required ?? []).filter((name) => !(name in value)).map((name) => `${at}/${name}: missing`);
    for (const [name, member] of Object.entries(value)) {
      const own = schema.properties?.[name] ?? (schema.additionalProperties || undefined);
      if (own && own !== true) faults.push(...this.faults(own, member, `${at}/${name}`));
      else if (schema.additionalProperties === false || (schema.properties && !own)) faults.push(`${at}/${name}: not in the document`);
    }
    return faults;
  }
}

export const nameOf = (schema) => schema?.$ref?.split('/').at(-1);

function fits(type, value) {
  return !type || [type].flat().some((one) => (one === 'integer' ? Number.isInteger(value) : one === 'number' ? typeof value === 'number' : one === typeOf(value)));
}

const typeOf = (value) => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

function scalar(schema, value, at) {
  if (typeof value === 'string' && formats[schema.format] && !formats[schema.format].test(value)) return [`${at}: ${show(value)} is no ${schema.format}`];
  const most = integers[schema.format];
  if (typeof value === 'number' && most && (value < -most || value > most)) return [`${at}: ${value} is beyond ${schema.format}`];
  return [];
}

const show = (value) => JSON.stringify(value)?.slice(0, 60) ?? 'nothing';
