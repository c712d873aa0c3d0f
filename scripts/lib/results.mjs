import { existsSync, readFileSync } from 'node:fs';

const read = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined);
const counts = (passed, failed, skipped) => ({ passed, failed, skipped });
const none = counts(0, 0, 0);

/** xunit's report in the Common Test Report Format. */
export function fromCtrf(file) {
  const summary = read(file)?.results?.summary;
  return summary ? counts(summary.passed, summary.failed + summary.other, summary.skipped + summary.pending) : none;
}

/** The tests that failed in such a report, by the names that xunit's `-method` takes. */
export function failedInCtrf(file) {
  const tests = read(file)?.results?.tests ?? [];
  return tests
    .filter(({ status }) => status === 'failed' || status === 'other')
    .map(({ name, message, trace, extra }) => ({ name, method: `${extra.type}.${extra.method}`, why: [message, trace].filter(Boolean).join('\n') }));
}

/** vitest's JSON report, which has Jest's form. */
export function fromVitest(file) {
  const report = read(file);
  return report ? counts(report.numPassedTests, report.numFailedTests, report.numPendingTests + report.numTodoTests) : none;
}

/** Playwright's JSON report; a flaky test did not pass. */
export function fromPlaywright(file) {
  const stats = read(file)?.stats;
  return stats ? counts(stats.expected, stats.unexpected + stats.flaky, stats.skipped) : none;
}

/** The tests that failed in such a report. */
export function failedInPlaywright(file) {
  const specs = ({ suites = [], specs: own = [] }) => [...own, ...suites.flatMap(specs)];
  return specs(read(file) ?? {})
    .filter(({ ok }) => !ok)
    .map(({ file: where, title, tests }) => ({
      name: `${where}: ${title}`,
      why: tests.flatMap(({ results }) => results.flatMap(({ errors }) => errors.map(({ message }) => message))).join('\n'),
    }));
}

/** A part that ended badly, or executed nothing, has failed even if its report names no failure. */
export function judge({ passed, failed, skipped }, exitCode) {
  if (failed === 0 && exitCode !== 0) return { ...counts(passed, 1, skipped), why: `ended with code ${exitCode}` };
  if (passed + failed === 0) return { ...counts(0, 1, skipped), why: 'executed no test' };
  return counts(passed, failed, skipped);
}

export const sum = (results) =>
  results.reduce((all, r) => counts(all.passed + r.passed, all.failed + r.failed, all.skipped + r.skipped), none);

export const closingLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
