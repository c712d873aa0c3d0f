import { choice, flag, list, number, steps, verbatim, words } from "./codecs";
import { type FieldGroup, family, host, ignoreCertificate, pattern, port, serverName } from "./fields";

export const tcp: FieldGroup[] = [
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

export const tls: FieldGroup[] = [
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

export const dns: FieldGroup[] = [
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

export const icmp: FieldGroup[] = [
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

export const postgres: FieldGroup[] = [
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
