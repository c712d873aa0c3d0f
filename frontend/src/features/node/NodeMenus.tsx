import { Menu } from "@mantine/core";
import { t } from "@texts/node";
import "@mantine/core/styles/UnstyledButton.css";
import "@mantine/core/styles/Popover.css";
import "@mantine/core/styles/Menu.css";
import { useNavigate } from "@tanstack/react-router";
import type { ComponentProps } from "react";
import type { NodeView } from "../../api/model";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { useMay } from "../../ui/may";
import { paths } from "../../util/paths";

/** The dialogs of a node's page. */
export type NodeDialog =
  | "group"
  | "check"
  | "edit"
  | "move"
  | "acknowledge"
  | "annotate"
  | "manual"
  | "pause"
  | "delete";

interface Props {
  node: NodeView;
  onOpen: (dialog: NodeDialog) => void;
}

const looks: ComponentProps<typeof Menu> = {
  position: "bottom-end",
  withinPortal: false,
  withInitialFocusPlaceholder: false,
  shadow: "none",
  classNames: { dropdown: "menu", item: "menu-item" },
  transitionProps: { duration: 0 },
};

/** What can be added below it. */
export function AddMenu({ node, onOpen }: Props) {
  const navigate = useNavigate();
  return (
    <Menu {...looks}>
      <Menu.Target>
        <Button needs="write">
          <Icon name="plus" small />
          {t.addChild}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => navigate({ to: paths.newCheck(), search: { parent: node.id } as never })}>
          {t.newCheck}
        </Menu.Item>
        <Menu.Item onClick={() => onOpen("check")}>{t.existingCheckOrReport}</Menu.Item>
        <Menu.Item onClick={() => onOpen("group")}>{t.group2}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** What is done seldom. */
export function MoreMenu({ node, onOpen }: Props) {
  const navigate = useNavigate();
  // Who may only look is not offered what changes it.
  const may = useMay("write");
  const all = useMay("all");
  return (
    <Menu {...looks}>
      <Menu.Target>
        <button type="button" className="btn icon" aria-label={t.moreActions} title={t.moreActions}>
          <Icon name="more" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {may ? (
          <>
            <Menu.Item onClick={() => onOpen("edit")}>{t.renameAndTag2}</Menu.Item>
            <Menu.Item onClick={() => onOpen("move")}>{t.move}</Menu.Item>
          </>
        ) : null}
        {node.checkId ? (
          <Menu.Item onClick={() => navigate({ to: paths.check(node.checkId ?? "") })}>{t.openTheCheck}</Menu.Item>
        ) : null}
        <Menu.Item onClick={() => navigate({ to: paths.path(node.id) })}>{t.monitoringPath}</Menu.Item>
        {all ? <Menu.Item onClick={() => navigate({ to: paths.whatIf(node.id) })}>{t.whatIf}</Menu.Item> : null}
        {may ? (
          <>
            <Menu.Item onClick={() => navigate({ to: paths.slos(), search: { node: node.id, make: "1" } as never })}>
              {t.newObjective}
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item onClick={() => onOpen("annotate")}>{t.annotate3}</Menu.Item>
            <Menu.Item onClick={() => navigate({ to: paths.newWindow(), search: { node: node.id } as never })}>
              {t.maintenance}
            </Menu.Item>
            <Menu.Item onClick={() => onOpen("manual")}>{t.setByHand2}</Menu.Item>
            <Menu.Item onClick={() => onOpen("pause")}>{node.paused ? t.resume2 : t.pause2}</Menu.Item>
            <Menu.Divider />
            <Menu.Item onClick={() => onOpen("delete")}>{t.delete3}</Menu.Item>
          </>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}
