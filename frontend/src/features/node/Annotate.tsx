import { t } from "@texts/node";
import { useState } from "react";
import { addAnnotation } from "../../api/annotations";
import type { NodeView } from "../../api/model";
import { CommandDialog } from "../../live/CommandDialog";
import { Field } from "../../ui/Field";
import { LineField } from "../../ui/LineField";
import { PickField } from "../../ui/PickField";
import { fromLocalInput, localInput } from "../../ui/UntilField";
import { kinds } from "./annotations";

type Kind = keyof typeof kinds;
const choices = (Object.keys(kinds) as Kind[]).map((value) => ({ value, label: kinds[value] }));

/** Somebody says what happened to it. */
export default function Annotate({ node, onClose }: { node: NodeView; onClose: () => void }) {
  const [kind, setKind] = useState<Kind>("deploy");
  const [text, setText] = useState("");
  const [link, setLink] = useState("");
  // While nobody touches it, it is now: to the millisecond, whenever it is sent.
  const [time, setTime] = useState<string>();
  const at = time === undefined ? undefined : fromLocalInput(time);
  return (
    <CommandDialog
      title={t.annotate(node.name)}
      action={t.annotate2}
      because={
        text.trim() === "" ? t.sayWhatHappenedFirst : time !== undefined && at === undefined && t.sayWhenItHappened
      }
      failed={t.nothingWasAdded}
      run={() =>
        addAnnotation(node.id, {
          kind,
          text: text.trim(),
          ...(link.trim() ? { link: link.trim() } : {}),
          ...(at ? { at } : {}),
        })
      }
      onClose={onClose}
    >
      {(faultOf) => (
        <>
          <p className="t2">{node.checkId ? t.itsTimelineShowsIt : t.itsTimelineShowsItAndThoseOfAllBelow}</p>
          <LineField
            label={t.whatHappened}
            placeholder="v2.4.1"
            maxLength={200}
            value={text}
            onChange={setText}
            error={faultOf("/text")}
            data-autofocus
          />
          <div className="two">
            <PickField label={t.kind} value={kind} options={choices} onChange={setKind} error={faultOf("/kind")} />
            <Field label={t.when} error={faultOf("/at")}>
              {(wiring) => (
                <input
                  {...wiring}
                  className="field"
                  type="datetime-local"
                  value={time ?? localInput(new Date().toISOString())}
                  onChange={(event) => setTime(event.target.value)}
                />
              )}
            </Field>
          </div>
          <LineField
            label={t.link}
            help={t.theBuildTheChangeTheTicket}
            type="url"
            maxLength={2000}
            value={link}
            onChange={setLink}
            error={faultOf("/link")}
          />
        </>
      )}
    </CommandDialog>
  );
}
