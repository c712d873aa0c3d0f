import { t } from "@texts/checks";
import type { Codec } from "./codecs";
import { choice, flag, number, words } from "./codecs";

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

export const pattern = t.aRegularExpression;
export const port = number(1, 65_535);

export const host: FieldSpec = {
  path: "host",
  label: t.host,
  codec: words,
  placeholder: "mail.example.org",
  required: t.aHostsNameOrAnAddress,
};
export const family: FieldSpec = {
  path: "addressFamily",
  label: t.addresses,
  codec: choice("any"),
  options: [
    { value: "any", label: t.ipv6AndIpv4 },
    { value: "ipv4", label: t.ipv4Alone },
    { value: "ipv6", label: t.ipv6Alone },
  ],
};
export const serverName: FieldSpec = {
  path: "serverName",
  label: t.nameInTheCertificate,
  codec: words,
  help: t.whatTheHandshakeAsksForSniThe,
};
export const ignoreCertificate: FieldSpec = {
  path: "ignoreCertificate",
  label: t.takeAnyCertificate,
  codec: flag,
  as: "switch",
};
