// Holds an answer against the document: its status, its media type, its form, and the time that it took.

/** What says itself that it waits: `minPosition` up to 5 s for the read tables, a probe run now up to its timeout and 5 s, an agent's long poll 25 s. */
const margin = (request, operation) => {
  if (/[?&]minPosition=/.test(request.path)) return 6_000;
  if (operation.name === 'RunCheck') return 15_000;
  return /held open for up to 25 s/i.test(operation.about ?? '') ? 26_000 : 0;
};

/** The web server itself refuses, without words, an address or headers that are too long, and U+0000 in a path. */
const isBelow = ({ path, headers }, { status, text }) =>
  text === '' &&
  ((status === 414 && path.length > 8_000) || (status === 431 && JSON.stringify(headers).length > 30_000) || (status === 400 && path.split('?')[0].includes('%00')));

export class Judge {
  constructor(schemas, patience) {
    Object.assign(this, { schemas, patience });
  }

  /** What is wrong with the answer, in sentences; empty where nothing is. */
  faults(operation, request, answer) {
    const limit = this.patience + margin(request, operation);
    const slow = answer.ms > limit ? [`took ${(answer.ms / 1000).toFixed(1)} s, more than ${limit / 1000} s`] : [];
    return [...this.#answer(operation, request, answer), ...slow];
  }

  #answer(operation, request, answer) {
    const { status, headers, text } = answer;
    const documented = operation.responses[status];
    if (status >= 500 && status !== 503 && !(status === 504 && documented)) return [`answers ${status}: ${text.slice(0, 300)}`];
    if (isBelow(request, answer)) return [];
    if (!documented) return [`answers ${status}, which is not documented: ${text.slice(0, 200)}`];
    const content = documented.content ?? {};
    if (Object.keys(content).length === 0) return text === '' ? [] : [`answers ${status} with a body, and none is documented`];
    return this.#content(status, content, headers['content-type'], text);
  }

  #content(status, content, type, text) {
    const media = type?.split(';')[0];
    if (!content[media]) return [`answers ${status} as ${type}; documented: ${Object.keys(content).join(', ')}`];
    if (media.startsWith('text/') || media === 'application/yaml' || media.endsWith('+xml')) return [];
    const { schema } = content[media];
    if (media !== 'application/x-ndjson') return this.#form(status, schema, text).slice(0, 3);
    // Documented as text, as a whole: then each line is at least JSON.
    const line = schema.type === 'string' ? {} : schema;
    return text.split('\n').filter(Boolean).flatMap((part) => this.#form(status, line, part)).slice(0, 3);
  }

  #form(status, schema, text) {
    let value;
    try {
      value = JSON.parse(text);
    } catch (wrong) {
      return [`answers ${status} with what is not JSON (${wrong.message}): ${text.slice(0, 100)}`];
    }
    return this.schemas.faults(schema, value).map((fault) => `${status}${fault}`);
  }
}
