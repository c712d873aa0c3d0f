import { api, command, unwrap } from "./client";
import type { ApplyConfiguration, ConfigurationPlan, ImportRequest, ImportView } from "./model";

/** The whole configuration as YAML, for a download. */
export const exportAddress = "/api/v1/config";

/** Nothing is written: a question, asked with POST because it has a body. */
export const planConfiguration = (body: ApplyConfiguration) => unwrap(api.POST("/api/v1/config/plan", { body }));
export const applyConfiguration = (body: ApplyConfiguration): Promise<ConfigurationPlan> =>
  command(api.POST("/api/v1/config/apply", { body }));

export const planImport = (format: string, body: ImportRequest) =>
  unwrap(api.POST("/api/v1/import/{format}/plan", { params: { path: { format } }, body }));
export const applyImport = (format: string, body: ImportRequest): Promise<ImportView> =>
  unwrap(api.POST("/api/v1/import/{format}/apply", { params: { path: { format } }, body }));
