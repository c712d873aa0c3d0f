import { Fragment } from "react";
import { Link } from "../ui/Link";
import { paths } from "../util/paths";

/** Nodes by their names, each a link to its page. */
export const NodeLinks = ({ nodes }: { nodes: readonly { id: string; name: string }[] }) =>
  nodes.map(({ id, name }, i) => (
    <Fragment key={id}>
      {i > 0 ? ", " : ""}
      <Link className="link" to={paths.node(id)}>
        {name}
      </Link>
    </Fragment>
  ));
