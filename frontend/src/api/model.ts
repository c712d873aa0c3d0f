// Interim: becomes aliases of the generated schema.
export type CheckKind = "http" | "tcp" | "tls" | "dns" | "icmp" | "report" | "heartbeat";
export interface HttpExpectation {
  statusCodes?: string[] | null;
  bodyMatches?: string | null;
  bodyDoesNotMatch?: string | null;
}
export interface HttpSettings {
  url: string;
  method?: string | null;
  headers?: Record<string, string> | null;
  body?: string | null;
  expect?: HttpExpectation | null;
}
export interface CheckRequest {
  name: string;
  kind: CheckKind;
  interval?: string | null;
  timeout?: string | null;
  http?: HttpSettings | null;
  source?: string | null;
  staleness?: string | null;
  enabled?: boolean | null;
}
export interface Latency {
  resolve: number | null;
  connect: number | null;
  tls: number | null;
  firstByte: number | null;
  transfer: number | null;
  total: number;
}
export interface Certificate {
  subject: string;
  issuer: string;
  notAfter: string;
  daysLeft: number;
}
export interface ObservationView {
  position: number;
  at: string;
  receivedAt: string;
  outcome: string;
  cause: string | null;
  value: number | null;
  message: string | null;
  metrics: Record<string, number> | null;
  statusCode: number | null;
  latency: Latency | null;
  certificate: Certificate | null;
  headers: Record<string, string> | null;
  text: string | null;
}
export interface CheckView {
  id: string;
  name: string;
  kind: CheckKind;
  interval: string | null;
  timeout: string | null;
  http: HttpSettings | null;
  source: string | null;
  staleness: string | null;
  enabled: boolean;
  nodeIds: string[];
  latest: ObservationView | null;
  version: number;
}
export interface SeriesBucket {
  at: string;
  count: number;
  good: number;
  min: number | null;
  mean: number | null;
  max: number | null;
  p50: number | null;
  p95: number | null;
  p99: number | null;
  phases: Latency | null;
}
export interface Series {
  from: string;
  to: string;
  bucket: string;
  buckets: SeriesBucket[];
  position: number;
}
export interface Accepted {
  id: string;
  position: number;
  version: number;
}
export interface NodeHistory {
  nodeId: string;
  heartbeat: (string | null)[];
  response: (number | null)[] | null;
  p95: number | null;
  uptime: number | null;
}
export interface Overview {
  from: string;
  to: string;
  bucket: string;
  nodes: NodeHistory[];
  position: number;
}
export interface SystemView {
  version: string;
  workspace: string;
  head: number;
  checkpoints: Record<string, number>;
  agents: string[];
  startedAt: string;
}
export interface SessionView {
  required: boolean;
  signedIn: boolean;
  actor: string | null;
}
export interface CreateNode {
  name: string;
  parentId?: string | null;
  checkId?: string | null;
  weight?: number | null;
  tags?: string[] | null;
}
export interface ChangeNode {
  name?: string | null;
  tags?: string[] | null;
  checkId?: string | null;
  paused?: boolean | null;
  staleness?: string | null;
  reason?: string | null;
}
export interface MoveNode {
  parentId: string | null;
  fromParentId?: string | null;
}
export interface NodeCrumb {
  id: string;
  name: string;
}
export interface EdgeView {
  id: string;
  name: string;
  status: string;
  since: string;
  checkId: string | null;
  checkKind: CheckKind | null;
  weight: number;
  required: boolean;
  contribution: string;
}
export interface NodeView {
  id: string;
  name: string;
  parentIds: string[];
  checkId: string | null;
  checkKind: CheckKind | null;
  status: string;
  since: string;
  statusReason: string | null;
  tags: string[];
  weight: number;
  paused: boolean;
  staleness: string | null;
  children: EdgeView[];
  path: NodeCrumb[];
  version: number;
  position: number;
}
export interface TreeNode {
  id: string;
  name: string;
  status: string;
  since: string;
  statusReason: string | null;
  checkId: string | null;
  checkKind: CheckKind | null;
  tags: string[];
  paused: boolean;
  children: TreeNode[];
  position: number;
}
export interface TransitionView {
  nodeId: string;
  nodeName: string;
  from: string;
  to: string;
  at: string;
  reason: string | null;
  position: number;
}
export interface StatusView {
  name: string;
  label: string;
  severity: number | null;
  available: boolean | null;
  shape: string;
  builtIn: boolean;
}
export interface RuleRequest {
  when: unknown;
  then: string;
  attempts?: number | null;
  for?: string | null;
  name?: string | null;
}
export interface PublishRules {
  rules: RuleRequest[];
  rollUp?: string | null;
  match?: string | null;
  reason?: string | null;
}
export interface RuleView {
  when: string;
  tree: unknown;
  then: string;
  attempts: number;
  for: string | null;
  name: string | null;
  text: string;
}
export interface RulesView {
  nodeId: string;
  rules: RuleView[];
  rollUp: string;
  match: string;
  reason: string | null;
  author: string | null;
  publishedAt: string | null;
  version: number;
  eTag: number;
  position: number;
}
export interface ClauseExplanation {
  text: string;
  actual: string | null;
  result: string;
}
export interface RuleExplanation {
  name: string | null;
  then: string;
  result: string;
  clauses: ClauseExplanation[];
}
export interface DecidingChild {
  nodeId: string;
  name: string;
  status: string;
  countsAs: string | null;
}
export interface RootCause {
  nodeId: string;
  name: string;
  status: string;
  checkId: string | null;
  sentence: string;
  path: string[];
  observation: ObservationView | null;
}
export interface Explanation {
  nodeId: string;
  name: string;
  status: string;
  since: string;
  sentence: string;
  decider: string;
  ruleIndex: number | null;
  rulesVersion: number;
  rules: RuleExplanation[];
  rollUp: string | null;
  decidingChildren: DecidingChild[];
  rootCauses: RootCause[];
  position: number;
}
export interface RuleError {
  ruleIndex: number;
  column: number;
  message: string;
  expected: string | null;
}
export interface DraftEvaluation {
  status: string | null;
  sentence: string | null;
  decider: string | null;
  ruleIndex: number | null;
  rules: RuleExplanation[];
  parsed: RuleView[];
  errors: RuleError[];
}
export interface LatestReport {
  source: string;
  checkId: string;
  value: number | null;
  status: string;
  message: string | null;
  title: string | null;
  at: string;
  nodeIds: string[];
}
