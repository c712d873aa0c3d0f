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

export const pattern = "A regular expression.";
export const port = number(1, 65_535);

export const host: FieldSpec = {
  path: "host",
  label: "Host",
  codec: words,
  placeholder: "mail.example.org",
  required: "A host’s name or an address.",
};
export const family: FieldSpec = {
  path: "addressFamily",
  label: "Addresses",
  codec: choice("any"),
  options: [
    { value: "any", label: "IPv6 and IPv4" },
    { value: "ipv4", label: "IPv4 alone" },
    { value: "ipv6", label: "IPv6 alone" },
  ],
};
export const serverName: FieldSpec = {
  path: "serverName",
  label: "Name in the certificate",
  codec: words,
  help: "What the handshake asks for (SNI); the host where empty.",
};
export const ignoreCertificate: FieldSpec = {
  path: "ignoreCertificate",
  label: "Take any certificate",
  codec: flag,
  as: "switch",
};
