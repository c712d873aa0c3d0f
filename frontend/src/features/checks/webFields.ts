import { t } from "@texts/checks";
import { choice, codes, jsonTests, number, pairs, verbatim, words } from "./codecs";
import { type FieldGroup, type FieldSpec, family, ignoreCertificate, pattern, serverName } from "./fields";

const header = pairs("Accept: text/html");

const url: FieldSpec = {
  path: "url",
  label: t.address,
  codec: {
    ...words,
    fault: (text) =>
      !text.trim() || /^https?:\/\/[^\s/]+/i.test(text.trim()) ? undefined : t.anAddressThatStartsWithHttpOr,
  },
  placeholder: "https://example.org/health",
  required: t.anAddressThatStartsWithHttpOr,
};
const headers: FieldSpec = {
  path: "headers",
  label: t.headers,
  codec: header,
  as: "area",
  placeholder: "Accept: application/json",
  help: t.nameValueOneALine,
};
const auth: FieldSpec[][] = [
  [
    { path: "auth.basic.user", label: t.user, codec: verbatim, help: t.basicAuthentication },
    { path: "auth.basic.password", label: t.password, codec: verbatim, as: "secret" },
  ],
  [{ path: "auth.bearer", label: t.orABearerToken, codec: verbatim, as: "secret" }],
];

export const http: FieldGroup[] = [
  {
    rows: [
      [
        {
          path: "method",
          label: t.method,
          codec: choice("GET"),
          options: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"],
          start: "GET",
        },
        url,
      ],
      [
        {
          path: "expect.statusCodes",
          label: t.codesThatAreGood,
          codec: codes,
          placeholder: "200-299",
          help: t.codesAndRangesApartByCommas,
          start: "200-299",
        },
        {
          path: "expect.bodyMatches",
          label: t.theBodyContains,
          codec: verbatim,
          placeholder: '"status":\\s*"ok"',
          help: pattern,
        },
      ],
    ],
  },
  {
    title: t.moreOfTheRequest,
    rows: [
      [headers],
      [{ path: "body", label: t.body, codec: verbatim, as: "area", help: t.sentAsItIsAtMost64Kib }],
      ...auth,
    ],
  },
  {
    title: t.moreThatTheAnswerMustHold,
    rows: [
      [
        { path: "expect.bodyDoesNotMatch", label: t.theBodyDoesNotContain, codec: verbatim, help: pattern },
        {
          path: "expect.maxBodyBytes",
          label: t.largestBodyBytes,
          codec: number(0, 10_485_760),
          placeholder: t.anySize,
        },
      ],
      [
        {
          path: "expect.headers",
          label: t.headersThatMatch,
          codec: pairs("Content-Type: ^application/json"),
          as: "area",
          placeholder: "Content-Type: ^application/json",
          help: t.nameRegularExpressionOneALine,
        },
      ],
      [
        {
          path: "expect.json",
          label: t.valuesOfAJsonBody,
          codec: jsonTests,
          as: "area",
          placeholder: "$.status = ok",
          help: t.oneALineAPathThenAndAValueOr,
        },
      ],
      [
        {
          path: "expect.certificateDaysLeft",
          label: t.daysThatTheCertificateIsStill,
          codec: number(0, 3650, false),
          placeholder: "14",
        },
      ],
    ],
  },
  {
    title: t.moreOfTheConnection,
    rows: [
      [
        {
          path: "version",
          label: t.versionOfHttp,
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
          label: t.redirectsThatItFollows,
          codec: number(0, 20),
          placeholder: "0",
          help: t.noneWhereEmptyTheRedirectItself,
        },
        { path: "maxBodyBytes", label: t.readsAtMostBytes, codec: number(1, 10_485_760), placeholder: "65536" },
      ],
      [{ path: "proxy", label: t.proxy, codec: words, placeholder: "http://proxy:3128" }, serverName],
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
          label: t.whereTheListIs,
          codec: words,
          placeholder: "$",
          help: t.aJsonPathTheWholeAnswerWhere,
        },
        {
          path: "statuses",
          label: t.itsWordsForStatuses,
          codec: pairs("online: up"),
          as: "area",
          placeholder: "online: up\noffline: down",
          help: t.itsWordTorchsStatusOneALine,
        },
      ],
    ],
  },
  {
    title: t.moreOfTheList,
    rows: [
      [
        { path: "idField", label: t.fieldOfTheId, codec: words, placeholder: "id" },
        { path: "nameField", label: t.fieldOfTheName, codec: words, placeholder: t.name },
      ],
      [
        { path: "statusField", label: t.fieldOfTheStatus, codec: words, placeholder: t.status },
        { path: "addressField", label: t.fieldOfTheAddress, codec: words, placeholder: "ip_address" },
      ],
    ],
  },
  { title: t.moreOfTheRequest, rows: [[headers], ...auth] },
];
