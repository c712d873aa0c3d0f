import { t } from "@texts/checks";
import { choice, flag, list, number, steps, verbatim, words } from "./codecs";
import { type FieldGroup, family, host, ignoreCertificate, pattern, port, serverName } from "./fields";

export const tcp: FieldGroup[] = [
  {
    rows: [
      [host, { path: "port", label: t.port, codec: port, required: t.aPortFrom1To65535 }],
      [
        {
          path: "steps",
          label: t.whatIsSaid,
          codec: steps,
          as: "area",
          placeholder: "expect ^220\nsend EHLO torch\\r\\n\nexpect ^250",
          help: t.oneStepALineSendTextExpect,
        },
      ],
    ],
  },
  {
    title: t.moreOfTheConnection,
    rows: [
      [family, serverName],
      [{ path: "tls", label: t.encryptedFromTheFirstByte, codec: flag, as: "switch" }, ignoreCertificate],
    ],
  },
];

export const tls: FieldGroup[] = [
  {
    rows: [
      [host, { path: "port", label: t.port, codec: port, placeholder: "443" }],
      [
        {
          path: "daysLeft",
          label: t.daysThatItMustStillBeGood,
          codec: number(0, 3650, false),
          start: "14",
          help: t.downWhenFewerAreLeft,
        },
        {
          path: "startTls",
          label: t.beginsInTheClearAs,
          codec: choice(""),
          options: [{ value: "", label: t.nothingTlsAtOnce }, ...["smtp", "imap", "pop3", "ftp", "ldap", "postgres"]],
        },
      ],
    ],
  },
  { title: t.moreOfTheConnection, rows: [[family, serverName], [ignoreCertificate]] },
];

export const dns: FieldGroup[] = [
  {
    rows: [
      [
        {
          path: "name",
          label: t.asksFor,
          codec: words,
          placeholder: "example.org",
          required: t.whatIsAskedForSuchAsExampleOrg,
        },
        {
          path: "type",
          label: t.type,
          codec: choice("A"),
          options: ["A", "AAAA", "CNAME", "MX", "NS", "TXT", "SOA", "SRV", "CAA", "PTR"],
          start: "A",
        },
      ],
      [
        {
          path: "server",
          label: t.nameServer,
          codec: words,
          placeholder: "1.1.1.1",
          help: t.theAgentsOwnResolverWhereEmpty,
        },
        { path: "port", label: t.port, codec: port, placeholder: "53" },
      ],
    ],
  },
  {
    title: t.moreThatTheAnswerMustHold,
    rows: [
      [
        {
          path: "expect.rcode",
          label: t.responseCode,
          codec: choice(""),
          options: [
            { value: "", label: t.noerrorWithAnAnswer },
            ...["NOERROR", "NXDOMAIN", "SERVFAIL", "REFUSED", "FORMERR", "NOTIMP"],
            ...["YXDOMAIN", "YXRRSET", "NXRRSET", "NOTAUTH", "NOTZONE"],
          ],
        },
        { path: "expect.matches", label: t.oneAnswerContains, codec: verbatim, help: pattern },
      ],
      [
        {
          path: "expect.answers",
          label: t.exactlyTheseAnswers,
          codec: list,
          as: "area",
          placeholder: "192.0.2.1",
          help: t.oneALineInAnyOrder,
        },
      ],
    ],
  },
  {
    title: t.moreOfTheConnection,
    rows: [
      [
        {
          path: "transport",
          label: t.over,
          codec: choice("udp"),
          options: [
            { value: "udp", label: t.udpTcpForLongAnswers },
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
      [host, { path: "count", label: t.requests, codec: number(1, 20), placeholder: "3" }],
      [
        {
          path: "expect.maxLoss",
          label: t.lossThatIsAllowed,
          codec: number(0, 100, false),
          placeholder: "99.9",
          help: t.oneAnswerIsEnoughWhereEmpty,
        },
        { path: "packetBytes", label: t.payloadBytes, codec: number(0, 1400), placeholder: "56" },
      ],
      [family],
    ],
  },
];

export const postgres: FieldGroup[] = [
  {
    rows: [
      [host, { path: "port", label: t.port, codec: port, placeholder: "5432" }],
      [
        { path: "user", label: t.user, codec: words, required: t.whoAsks },
        { path: "password", label: t.password, codec: verbatim, as: "secret" },
      ],
      [{ path: "database", label: t.database, codec: words, help: t.theUsersNameWhereEmpty }],
      [
        {
          path: "query",
          label: t.query,
          codec: verbatim,
          as: "area",
          placeholder: "select 1",
          help: t.readOnlyOneValueANumberIs,
        },
      ],
    ],
  },
  {
    title: t.moreOfTheConnection,
    rows: [
      [
        {
          path: "tls",
          label: t.encryption,
          codec: choice("prefer"),
          options: [
            { value: "prefer", label: t.whereTheServerCan },
            { value: "require", label: t.alwaysWhoeverAnswers },
            { value: "verify", label: t.alwaysWithAGoodCertificate },
            { value: "disable", label: t.never },
          ],
        },
        family,
      ],
    ],
  },
];
