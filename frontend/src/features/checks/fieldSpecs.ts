import type { CheckKind } from "../../api/model";
import type { FieldGroup, FieldSpec } from "./fields";
import { dns, icmp, postgres, tcp, tls } from "./socketFields";
import { feed, http } from "./webFields";

export type ProbeKind = Exclude<CheckKind, "report" | "heartbeat">;
export const fieldGroups: Record<ProbeKind, FieldGroup[]> = { http, tcp, tls, dns, icmp, postgres, feed };

export const fieldsOf = (kind: ProbeKind): FieldSpec[] => fieldGroups[kind].flatMap((group) => group.rows.flat());
