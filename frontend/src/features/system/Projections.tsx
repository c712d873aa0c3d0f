import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { t } from "@texts/system";
import { rebuildProjection } from "../../api/commands";
import type { ProjectionView } from "../../api/model";
import { projectionsQuery } from "../../api/queries";
import { Reading } from "../../live/Reading";
import { Button } from "../../ui/Button";
import { Section } from "../../ui/Section";
import { count, counted, none } from "../../util/number";
import { exactAge, parseDuration } from "../../util/time";

/** `LatestObservations` as people say it. */
const words = (name: string) => name.replace(/(?<=[a-z])([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);

/** Where each read model stands, and how far a rebuild is. */
export function Projections() {
  const projections = useQuery(projectionsQuery());
  return (
    <Section title={t.projections} note={t.howFarEachHasFoldedTheLog}>
      <Reading query={projections} what={t.theProjections} rows={5}>
        {(found) => <Table projections={found} />}
      </Reading>
    </Section>
  );
}

function Table({ projections }: { projections: ProjectionView[] }) {
  return (
    <table className="tbl tight">
      <thead>
        <tr>
          <th>{t.projection}</th>
          <th className="num">{t.position}</th>
          <th className="num">{t.behind}</th>
          <th className="num">{t.parked}</th>
          <th>
            <span className="vh">{t.rebuild}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {projections.map((projection) => (
          <Row key={projection.name} projection={projection} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ projection }: { projection: ProjectionView }) {
  return (
    <tr>
      <td>{words(projection.name)}</td>
      <td className="num t2">{count(projection.position)}</td>
      <td className="num" title={`${projection.lagSeconds} s`}>
        {projection.lagEvents === 0 ? "0" : counted(projection.lagEvents, t.events)}
      </td>
      <td className="num">{projection.parkedStreams === 0 ? none : counted(projection.parkedStreams, t.streams)}</td>
      <td>{projection.rebuild ? <Progress rebuild={projection.rebuild} /> : <Rebuild name={projection.name} />}</td>
    </tr>
  );
}

function Progress({ rebuild }: { rebuild: NonNullable<ProjectionView["rebuild"]> }) {
  const ms = rebuild.timeLeft ? parseDuration(rebuild.timeLeft) : undefined;
  const left = ms === undefined ? "" : t.left(exactAge(ms));
  return (
    <span className="rebuild" title={t.eventsS(count(Math.round(rebuild.eventsPerSecond)))}>
      <progress max={1} value={rebuild.share} aria-label={t.rebuiltSoFar} />
      <small className="t2">
        {Math.floor(rebuild.share * 100)} %{left}
      </small>
    </span>
  );
}

function Rebuild({ name }: { name: string }) {
  const queries = useQueryClient();
  const rebuild = useMutation({
    mutationFn: () => rebuildProjection(name),
    onSettled: () => queries.invalidateQueries(projectionsQuery()),
  });
  return (
    <Button
      needs="admin"
      small
      onClick={() => rebuild.mutate()}
      busy={rebuild.isPending}
      title={t.foldsTheLogAgainBesideTheLive}
    >
      {rebuild.isError ? t.couldNotAgain : t.rebuild}
    </Button>
  );
}
