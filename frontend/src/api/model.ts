import type { components } from "./schema";

// Short names for the records of the OpenAPI document; nothing here is written by hand.
type Schemas = components["schemas"];

export type Accepted = Schemas["Accepted"];
export type ChangeNode = Schemas["ChangeNode"];
export type CheckKind = Schemas["CheckKind"];
export type CheckRequest = Schemas["CheckRequest"];
export type CheckView = Schemas["CheckView"];
export type ClauseExplanation = Schemas["ClauseExplanation"];
export type CreateNode = Schemas["CreateNode"];
export type DraftEvaluation = Schemas["DraftEvaluation"];
export type EdgeSettings = Schemas["EdgeSettings"];
export type EdgeView = Schemas["EdgeView"];
export type Explanation = Schemas["Explanation"];
export type Latency = Schemas["Latency"];
export type LatestReport = Schemas["LatestReport"];
export type MoveNode = Schemas["MoveNode"];
export type NodeCrumb = Schemas["NodeCrumb"];
export type NodeHistory = Schemas["NodeHistory"];
export type NodeView = Schemas["NodeView"];
export type ObservationView = Schemas["ObservationView"];
export type Overview = Schemas["Overview"];
export type ProjectionView = Schemas["ProjectionView"];
export type PublishRules = Schemas["PublishRules"];
export type RootCause = Schemas["RootCause"];
export type RuleError = Schemas["RuleError"];
export type RuleExplanation = Schemas["RuleExplanation"];
export type RulesView = Schemas["RulesView"];
export type Series = Schemas["Series"];
export type SeriesBucket = Schemas["SeriesBucket"];
export type SessionView = Schemas["SessionView"];
export type StatusView = Schemas["StatusView"];
export type SystemView = Schemas["SystemView"];
export type TransitionView = Schemas["TransitionView"];
export type TreeNode = Schemas["TreeNode"];
