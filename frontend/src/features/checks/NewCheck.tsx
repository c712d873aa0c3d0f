import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { t } from "@texts/checks";
import { type FormEvent, useState } from "react";
import { createCheck, createNode } from "../../api/commands";
import { explainError } from "../../api/problem";
import { keys, treesQuery } from "../../api/queries";
import { applyStructure } from "../../live/apply";
import { isProbe } from "../../live/leaves";
import { NodePicker } from "../../live/NodePicker";
import { Button } from "../../ui/Button";
import { Notice } from "../../ui/Notice";
import { Section } from "../../ui/Section";
import { Switch } from "../../ui/Switch";
import { paths } from "../../util/paths";
import { CheckFields } from "./CheckFields";
import { emptyForm, faultsOf, toCheckRequest } from "./checkForm";
import { Trial } from "./Trial";

export function NewCheck({ parentId }: { parentId?: string }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const trees = useQuery(treesQuery());
  const [form, setForm] = useState(emptyForm);
  const [tried, setTried] = useState(false);
  const [shown, setShown] = useState(true);
  const [parent, setParent] = useState<string | null>(parentId ?? null);
  const faults = faultsOf(form);
  const make = useMutation({
    mutationFn: async () => {
      const check = await createCheck(toCheckRequest(form));
      if (!shown) return paths.check(check.id);
      const node = await createNode({ name: form.name.trim(), parentId: parent, checkId: check.id });
      return paths.node(node.id);
    },
    onSuccess: (path) => {
      applyStructure(client);
      void navigate({ to: path });
    },
    onError: () => client.invalidateQueries({ queryKey: keys.checks }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(faults).length === 0) make.mutate();
  };
  const top = (trees.data?.length ?? 0) === 0 ? t.aNewHierarchyWithThisCheckAlone : t.theTopAHierarchyOfItsOwn;
  return (
    <form onSubmit={submit} noValidate>
      <div className="head">
        <div>
          <h1>{t.newCheck}</h1>
          <p className="sub">{t.itRunsFromTheMomentItIsMade}</p>
        </div>
        <div className="acts">
          <Button needs="write" look="primary" type="submit" busy={make.isPending}>
            {t.makeTheCheck}
          </Button>
        </div>
      </div>
      {make.isError ? (
        <Notice title={t.theCheckWasNotMade} urgent>
          {explainError(make.error)}
        </Notice>
      ) : null}
      <div className="cols checkcols">
        <Section title={t.whatItAsks}>
          <CheckFields
            form={form}
            onChange={(change) => setForm({ ...form, ...change })}
            faults={tried ? faults : {}}
            refused={make.error}
            isNew
          />
        </Section>
        <div>
          <Section title={t.whereItIsShown} note={t.aLeafWithTheChecksName}>
            <Switch label={shown ? t.showItAsANode : t.notYetPlaceItLater} on={shown} onChange={setShown} />
            {shown ? (
              <NodePicker
                label={t.whereItStands}
                value={parent}
                onChange={setParent}
                top={top}
                refuse={(node) => (node.checkId ? t.aLeafShowsACheckAndHasNoChildren : undefined)}
              />
            ) : null}
          </Section>
          {isProbe(form.kind) ? <Trial form={form} onFaults={() => setTried(true)} /> : null}
        </div>
      </div>
    </form>
  );
}
