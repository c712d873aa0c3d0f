import { api, command, unwrap } from "./client";
import type {
  AssumedStatus,
  ChangeNode,
  CheckRequest,
  CreateNode,
  EdgeSettings,
  MoveNode,
  PreviewMoves,
  PublishRules,
  Report,
} from "./model";

const at = (id: string) => ({ path: { id } });
const ifMatch = (version: number) => ({ "If-Match": `"${version}"` });

export const signIn = (key: string) => unwrap(api.POST("/api/v1/session", { body: { key } }));
export const signOut = () => unwrap(api.DELETE("/api/v1/session", {}));

export const createNode = (body: CreateNode) => command(api.POST("/api/v1/nodes", { body }));
export const changeNode = (id: string, body: ChangeNode) =>
  command(api.PATCH("/api/v1/nodes/{id}", { params: at(id), body }));
export const moveNode = (id: string, body: MoveNode) =>
  command(api.POST("/api/v1/nodes/{id}/move", { params: at(id), body }));
export const deleteNode = (id: string) => command(api.DELETE("/api/v1/nodes/{id}", { params: at(id) }));

export const linkParent = (id: string, parentId: string, body: EdgeSettings) =>
  command(api.PUT("/api/v1/nodes/{id}/parents/{parentId}", { params: { path: { id, parentId } }, body }));
export const unlinkParent = (id: string, parentId: string) =>
  command(api.DELETE("/api/v1/nodes/{id}/parents/{parentId}", { params: { path: { id, parentId } } }));

export const evaluateRules = (id: string, body: PublishRules) =>
  unwrap(api.POST("/api/v1/nodes/{id}/rules/evaluate", { params: at(id), body }));
/** Without a version they are published whatever stands there. */
export const publishRules = (id: string, version: number | undefined, body: PublishRules) =>
  command(
    api.PUT("/api/v1/nodes/{id}/rules", {
      params: { ...at(id), ...(version === undefined ? {} : { header: ifMatch(version) }) },
      body,
    }),
  );

/** Nothing is written: it is a question, asked with POST because it has a body. */
export const simulate = (id: string, assume: AssumedStatus[]) =>
  unwrap(api.POST("/api/v1/nodes/{id}/simulate", { params: at(id), body: { assume } }));

/** Nothing is written here either. */
export const previewMove = (body: PreviewMoves) => unwrap(api.POST("/api/v1/nodes/move/preview", { body }));

export const sendReport = (body: Report) => command(api.POST("/api/v1/reports", { body }));

export const createCheck = (body: CheckRequest) => command(api.POST("/api/v1/checks", { body }));
export const changeCheck = (id: string, version: number, body: CheckRequest) =>
  command(
    api.PUT("/api/v1/checks/{id}", {
      params: { ...at(id), header: ifMatch(version) },
      body,
    }),
  );
export const deleteCheck = (id: string) => command(api.DELETE("/api/v1/checks/{id}", { params: at(id) }));
/** Nothing is written: what one probe with these settings meets. */
export const tryCheck = (body: CheckRequest) => unwrap(api.POST("/api/v1/checks/try", { body }));
export const runCheck = (id: string) => unwrap(api.POST("/api/v1/checks/{id}/run", { params: at(id) }));

export const rebuildProjection = (name: string) =>
  unwrap(api.POST("/api/v1/projections/{name}/rebuild", { params: { path: { name } } }));
