import { choice, codes, jsonTests, number, pairs, verbatim, words } from "./codecs";
import { type FieldGroup, type FieldSpec, family, ignoreCertificate, pattern, serverName } from "./fields";

const header = pairs("Accept: text/html");

const url: FieldSpec = {
  path: "url",
  label: "Address",
  codec: {
    ...words,
    fault: (text) =>
      !text.trim() || /^https?:\/\/[^\s/]+/i.test(text.trim())
        ? undefined
        : "An address that starts with http:// or https://.",
  },
  placeholder: "https://example.org/health",
  required: "An address that starts with http:// or https://.",
};
const headers: FieldSpec = {
  path: "headers",
  label: "Headers",
  codec: header,
  as: "area",
  placeholder: "Accept: application/json",
  help: "Name: value, one a line.",
};
const auth: FieldSpec[][] = [
  [
    { path: "auth.basic.user", label: "User", codec: verbatim, help: "Basic authentication." },
    { path: "auth.basic.password", label: "Password", codec: verbatim, as: "secret" },
  ],
  [{ path: "auth.bearer", label: "Or a bearer token", codec: verbatim, as: "secret" }],
];

export const http: FieldGroup[] = [
  {
    rows: [
      [
        {
          path: "method",
          label: "Method",
          codec: choice("GET"),
          options: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"],
          start: "GET",
        },
        url,
      ],
      [
        {
          path: "expect.statusCodes",
          label: "Codes that are good",
          codec: codes,
          placeholder: "200-299",
          help: "Codes and ranges, apart by commas.",
          start: "200-299",
        },
        {
          path: "expect.bodyMatches",
          label: "The body contains",
          codec: verbatim,
          placeholder: '"status":\\s*"ok"',
          help: pattern,
        },
      ],
    ],
  },
  {
    title: "More of the request",
    rows: [
      [headers],
      [{ path: "body", label: "Body", codec: verbatim, as: "area", help: "Sent as it is, at most 64 KiB." }],
      ...auth,
    ],
  },
  {
    title: "More that the answer must hold",
    rows: [
      [
        { path: "expect.bodyDoesNotMatch", label: "The body does not contain", codec: verbatim, help: pattern },
        {
          path: "expect.maxBodyBytes",
          label: "Largest body, bytes",
          codec: number(0, 10_485_760),
          placeholder: "any size",
        },
      ],
      [
        {
          path: "expect.headers",
          label: "Headers that match",
          codec: pairs("Content-Type: ^application/json"),
          as: "area",
          placeholder: "Content-Type: ^application/json",
          help: "Name: regular expression, one a line.",
        },
      ],
      [
        {
          path: "expect.json",
          label: "Values of a JSON body",
          codec: jsonTests,
          as: "area",
          placeholder: "$.status = ok",
          help: "One a line: a path, then = and a value, or matches and a regular expression.",
        },
      ],
      [
        {
          path: "expect.certificateDaysLeft",
          label: "Days that the certificate is still good",
          codec: number(0, 3650, false),
          placeholder: "14",
        },
      ],
    ],
  },
  {
    title: "More of the connection",
    rows: [
      [
        {
          path: "version",
          label: "Version of HTTP",
          codec: choice("1.1"),
          options: [
            { value: "1.1", label: "HTTP/1.1" },
            { value: "2", label: "HTTP/2" },
          ],
          start: "1.1",
        },
        family,
      ],
      [
        {
          path: "followRedirects",
          label: "Redirects that it follows",
          codec: number(0, 20),
          placeholder: "0",
          help: "None where empty: the redirect itself is the answer.",
        },
        { path: "maxBodyBytes", label: "Reads at most, bytes", codec: number(1, 10_485_760), placeholder: "65536" },
      ],
      [{ path: "proxy", label: "Proxy", codec: words, placeholder: "http://proxy:3128" }, serverName],
      [ignoreCertificate],
    ],
  },
];

export const feed: FieldGroup[] = [
  {
    rows: [
      [url],
      [
        {
          path: "items",
          label: "Where the list is",
          codec: words,
          placeholder: "$",
          help: "A JSON path; the whole answer where empty.",
        },
        {
          path: "statuses",
          label: "Its words for statuses",
          codec: pairs("online: up"),
          as: "area",
          placeholder: "online: up\noffline: down",
          help: "Its word: Torch’s status, one a line.",
        },
      ],
    ],
  },
  {
    title: "More of the list",
    rows: [
      [
        { path: "idField", label: "Field of the id", codec: words, placeholder: "id" },
        { path: "nameField", label: "Field of the name", codec: words, placeholder: "name" },
      ],
      [
        { path: "statusField", label: "Field of the status", codec: words, placeholder: "status" },
        { path: "addressField", label: "Field of the address", codec: words, placeholder: "ip_address" },
      ],
    ],
  },
  { title: "More of the request", rows: [[headers], ...auth] },
];
