import { t } from "@texts/notices";
import type { ChannelKind, ChannelRequest, ChannelView } from "../../api/model";

export const kindWords: Record<ChannelKind, string> = {
  webhook: t.webhookSigned,
  slack: t.slack,
  mattermost: t.mattermost,
  discord: t.discord,
  teams: t.microsoftTeams,
  email: t.eMail,
  alertmanager: t.alertmanager,
};

export const kinds = (Object.keys(kindWords) as ChannelKind[]).map((value) => ({ value, label: kindWords[value] }));

export const securities = [
  { value: "startTls", label: "STARTTLS" },
  { value: "tls", label: "TLS" },
  { value: "none", label: t.none },
] as const;
type Security = (typeof securities)[number]["value"];

/** The form mirrors the screen; what is secret begins empty, and empty means that it stays. */
export const formOf = (channel: ChannelView | undefined) => ({
  name: channel?.name ?? "",
  kind: (channel?.kind ?? "webhook") as ChannelKind,
  enabled: channel?.enabled ?? true,
  url: "",
  authorization: "",
  host: channel?.email?.host ?? "",
  port: channel?.email ? String(channel.email.port) : "",
  security: (channel?.email?.security ?? "startTls") as Security,
  from: channel?.email?.from ?? "",
  to: channel?.email?.to.join(", ") ?? "",
  user: channel?.email?.user ?? "",
  password: "",
});
export type ChannelForm = ReturnType<typeof formOf>;

export const addressesOf = (text: string) =>
  text
    .split(/[\s,;]+/)
    .map((one) => one.trim())
    .filter(Boolean);

export function toRequest(form: ChannelForm): ChannelRequest {
  const base = { name: form.name.trim(), kind: form.kind, enabled: form.enabled };
  if (form.kind !== "email")
    return {
      ...base,
      ...(form.url.trim() ? { url: form.url.trim() } : {}),
      ...(form.authorization ? { authorization: form.authorization } : {}),
    };
  return {
    ...base,
    email: {
      host: form.host.trim(),
      from: form.from.trim(),
      to: addressesOf(form.to),
      security: form.security,
      ...(form.port ? { port: Number(form.port) } : {}),
      ...(form.user ? { user: form.user } : {}),
      ...(form.password ? { password: form.password } : {}),
    },
  };
}

/** Why it cannot be saved yet. */
export const missing = (form: ChannelForm, isNew: boolean) =>
  !form.name.trim()
    ? t.giveItANameFirst
    : form.kind === "email"
      ? !form.host.trim() || !form.from.trim() || addressesOf(form.to).length === 0
        ? t.sayTheMailServerFromWhomAndTo
        : undefined
      : isNew && !form.url.trim()
        ? t.sayWhereMessagesArePosted
        : undefined;
