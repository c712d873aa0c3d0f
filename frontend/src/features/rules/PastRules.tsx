import { useQuery } from "@tanstack/react-query";
import { t } from "@texts/rules";
import type { NodeView, RulesView } from "../../api/model";
import { nodeAtQuery, rulesAtQuery } from "../../api/past";
import { Reading } from "../../live/Reading";
import { Link } from "../../ui/Link";
import { Section } from "../../ui/Section";
import { paths } from "../../util/paths";
import { highlight } from "./highlight";
import { InForce } from "./InForce";
import "./rules.css";
import { sheetOf } from "./sheet";
import "./sheet.css";

/** The sheet that was in force at another time: to be read, not to be changed. */
export default function PastRules({ id, at }: { id: string; at: string }) {
  const node = useQuery(nodeAtQuery(id, at));
  const rules = useQuery(rulesAtQuery(id, at));
  return (
    <Reading
      query={node}
      what={t.theNode}
      rows={8}
      missing={{ title: t.thereWasNoSuchNodeThen, to: paths.overview(), word: t.overview }}
    >
      {(found) => (
        <Reading query={rules} what={t.theRules} rows={8}>
          {(then) => <Loaded node={found} rules={then} />}
        </Reading>
      )}
    </Reading>
  );
}

function Loaded({ node, rules }: { node: NodeView; rules: RulesView }) {
  return (
    <>
      <div className="head">
        <div>
          <h1>{t.rulesOf(node.name)}</h1>
          <p className="sub t3">
            <InForce rules={rules} />
          </p>
        </div>
        <div className="acts">
          <Link className="btn" to={paths.history(node.id)}>
            {t.versionHistory}
          </Link>
          <Link className="btn" to={paths.node(node.id)}>
            {t.backToTheNode}
          </Link>
        </div>
      </div>
      <Section title={t.inForceThen} note={t.whoWantsToChangeThemGoesBack}>
        {Number(rules.version) > 0 ? <Sheet text={sheetOf(rules)} /> : null}
      </Section>
    </>
  );
}

const Sheet = ({ text }: { text: string }) => (
  <div className="sheet">
    <div className="sheet-lines">
      {text.split("\n").map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
        <div key={i}>
          <span className="tx">{highlight(line, undefined)}</span>
        </div>
      ))}
    </div>
  </div>
);
