import { useQuery } from "@tanstack/react-query";
import { useParams, useSearch } from "@tanstack/react-router";
import { t } from "@texts/checks";
import { checkQuery } from "../../api/queries";
import { useLiveObservations } from "../../live/LiveProvider";
import { Reading } from "../../live/Reading";
import { paths } from "../../util/paths";
import "./checks.css";
import { ExistingCheck } from "./ExistingCheck";
import { NewCheck } from "./NewCheck";

export function NewCheckPage() {
  const { parent } = useSearch({ strict: false }) as { parent?: string };
  return <NewCheck {...(parent ? { parentId: parent } : {})} />;
}

export function CheckPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const check = useQuery(checkQuery(id));
  useLiveObservations();
  return (
    <Reading
      query={check}
      what={t.theCheck}
      rows={8}
      height={40}
      missing={{ title: t.thereIsNoSuchCheck, to: paths.checks(), word: t.checks }}
    >
      {(found) => <ExistingCheck key={id} check={found} />}
    </Reading>
  );
}
