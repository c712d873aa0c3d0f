import type { CheckKind } from "../../api/model";
import { type Codec, choice, codes, flag, jsonTests, list, number, pairs, steps, verbatim, words } from "./codecs";

/** One field of a protocol's settings. */
export interface FieldSpec {
  /** Its place in the settings, as in the API: `expect.bodyMatches`. */
  path: string;
  label: string;
  codec: Codec;
  as?: "line" | "area" | "secret" | "switch";
  /** Makes it a choice of one. */
  options?: readonly (string | { value: string; label: string })[];
  help?: string;
  placeholder?: string;
  /** What is missing where it is empty. */
  required?: string;
  /** What a new check begins with. */
  start?: string;
}

export interface FieldGroup {
  /** Folded under this; always open without one. */
  title?: string;
  /** Fields that stand side by side. */
  rows: FieldSpec[][];
}

const pattern = "A regular expression.";
const header = pairs("Accept: text/html");
const port = number(1, 65_535);

const host: FieldSpec = {
  path: "host",
  label: "Host",
  codec: words,
  placeholder: "mail.example.org",
  required: "A host’s name or an address.",
};
const family: FieldSpec = {
  path: "addressFamily",
  label: "Addresses",
  codec: choice("any"),
  options: [
    { value: "any", label: "IPv6 and IPv4" },
    { value: "ipv4", label: "IPv4 alone" },
    { value: "ipv6", label: "IPv6 alone" },
  ],
};
const serverName: FieldSpec = {
  path: "serverName",
  label: "Name in the certificate",
  codec: words,
  help: "What the handshake asks for (SNI); the host where empty.",
};
const ignoreCertificate: FieldSpec = {
  path: "ignoreCertificate",
  label: "Take any certificate",
  codec: flag,
  as: "switch",
};

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

const http: FieldGroup[] = [
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

const tcp: FieldGroup[] = [
  {
    rows: [
      [host, { path: "port", label: "Port", codec: port, required: "A port, from 1 to 65535." }],
      [
        {
          path: "steps",
          label: "What is said",
          codec: steps,
          as: "area",
          placeholder: "expect ^220\nsend EHLO torch\\r\\n\nexpect ^250",
          help: "One step a line: send TEXT, expect PATTERN, starttls. A connection is enough where empty.",
        },
      ],
    ],
  },
  {
    title: "More of the connection",
    rows: [
      [family, serverName],
      [{ path: "tls", label: "Encrypted from the first byte", codec: flag, as: "switch" }, ignoreCertificate],
    ],
  },
];

const tls: FieldGroup[] = [
  {
    rows: [
      [host, { path: "port", label: "Port", codec: port, placeholder: "443" }],
      [
        {
          path: "daysLeft",
          label: "Days that it must still be good",
          codec: number(0, 3650, false),
          start: "14",
          help: "Down when fewer are left.",
        },
        {
          path: "startTls",
          label: "Begins in the clear as",
          codec: choice(""),
          options: [
            { value: "", label: "nothing: TLS at once" },
            ...["smtp", "imap", "pop3", "ftp", "ldap", "postgres"],
          ],
        },
      ],
    ],
  },
  { title: "More of the connection", rows: [[family, serverName], [ignoreCertificate]] },
];

const dns: FieldGroup[] = [
  {
    rows: [
      [
        {
          path: "name",
          label: "Asks for",
          codec: words,
          placeholder: "example.org",
          required: "What is asked for, such as example.org.",
        },
        {
          path: "type",
          label: "Type",
          codec: choice("A"),
          options: ["A", "AAAA", "CNAME", "MX", "NS", "TXT", "SOA", "SRV", "CAA", "PTR"],
          start: "A",
        },
      ],
      [
        {
          path: "server",
          label: "Name server",
          codec: words,
          placeholder: "1.1.1.1",
          help: "The agent’s own resolver where empty.",
        },
        { path: "port", label: "Port", codec: port, placeholder: "53" },
      ],
    ],
  },
  {
    title: "More that the answer must hold",
    rows: [
      [
        {
          path: "expect.rcode",
          label: "Response code",
          codec: choice(""),
          options: [
            { value: "", label: "NOERROR with an answer" },
            ...["NOERROR", "NXDOMAIN", "SERVFAIL", "REFUSED", "FORMERR", "NOTIMP"],
            ...["YXDOMAIN", "YXRRSET", "NXRRSET", "NOTAUTH", "NOTZONE"],
          ],
        },
        { path: "expect.matches", label: "One answer contains", codec: verbatim, help: pattern },
      ],
      [
        {
          path: "expect.answers",
          label: "Exactly these answers",
          codec: list,
          as: "area",
          placeholder: "192.0.2.1",
          help: "One a line, in any order.",
        },
      ],
    ],
  },
  {
    title: "More of the connection",
    rows: [
      [
        {
          path: "transport",
          label: "Over",
          codec: choice("udp"),
          options: [
            { value: "udp", label: "UDP, TCP for long answers" },
            { value: "tcp", label: "TCP" },
          ],
        },
      ],
    ],
  },
];

const icmp: FieldGroup[] = [
  {
    rows: [
      [host, { path: "count", label: "Requests", codec: number(1, 20), placeholder: "3" }],
      [
        {
          path: "expect.maxLoss",
          label: "Loss that is allowed, %",
          codec: number(0, 100, false),
          placeholder: "99.9",
          help: "One answer is enough where empty.",
        },
        { path: "packetBytes", label: "Payload, bytes", codec: number(0, 1400), placeholder: "56" },
      ],
      [family],
    ],
  },
];

const postgres: FieldGroup[] = [
  {
    rows: [
      [host, { path: "port", label: "Port", codec: port, placeholder: "5432" }],
      [
        { path: "user", label: "User", codec: words, required: "Who asks." },
        { path: "password", label: "Password", codec: verbatim, as: "secret" },
      ],
      [{ path: "database", label: "Database", codec: words, help: "The user’s name where empty." }],
      [
        {
          path: "query",
          label: "Query",
          codec: verbatim,
          as: "area",
          placeholder: "select 1",
          help: "Read-only, one value; a number is measured as value.",
        },
      ],
    ],
  },
  {
    title: "More of the connection",
    rows: [
      [
        {
          path: "tls",
          label: "Encryption",
          codec: choice("prefer"),
          options: [
            { value: "prefer", label: "where the server can" },
            { value: "require", label: "always, whoever answers" },
            { value: "verify", label: "always, with a good certificate" },
            { value: "disable", label: "never" },
          ],
        },
        family,
      ],
    ],
  },
];

const feed: FieldGroup[] = [
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

/** Kinds that Torch asks by itself, with what they ask. */
export type ProbeKind = Exclude<CheckKind, "report" | "heartbeat">;
export const fieldGroups: Record<ProbeKind, FieldGroup[]> = { http, tcp, tls, dns, icmp, postgres, feed };

export const fieldsOf = (kind: ProbeKind): FieldSpec[] => fieldGroups[kind].flatMap((group) => group.rows.flat());
