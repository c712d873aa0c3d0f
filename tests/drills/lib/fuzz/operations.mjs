// The document's operations, as the drills walk them.

/** Every operation: method, path, parameters, the body's schema and media types, and its answers by status. */
export function operationsOf(document) {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => {
      const content = operation.requestBody?.content ?? {};
      const types = Object.keys(content);
      return {
        name: operation.operationId,
        about: `${operation.summary ?? ''} ${operation.description ?? ''}`,
        method: method.toUpperCase(),
        path,
        parameters: operation.parameters ?? [],
        body: content['application/json']?.schema ?? content[types[0]]?.schema,
        types,
        responses: operation.responses,
        accepts: Object.entries(operation.responses).filter(([status]) => status < 300).flatMap(([, answer]) => Object.keys(answer.content ?? {})),
      };
    }),
  );
}
