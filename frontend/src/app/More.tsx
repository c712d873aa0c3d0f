import { t } from "@texts/app";
import { SignOut } from "../live/SignOut";
import { Dialog } from "../ui/Dialog";
import { Icon } from "../ui/Icon";
import { Link } from "../ui/Link";
import { useMay } from "../ui/may";
import type { IconName } from "../ui/Sprite";
import { paths, showsAll } from "../util/paths";

const pages: [icon: IconName, word: string, to: string][] = [
  ["alert", t.incidents, paths.incidents()],
  ["rules", t.checks, paths.checks()],
  ["table", t.availability, paths.availability()],
  ["wrench", t.maintenance, paths.maintenance()],
  ["antenna", t.agents, paths.agents()],
  ["bell", t.notices, paths.notices()],
  ["globe", t.statusPages, paths.statusPages()],
  ["sliders", t.statuses, paths.statuses()],
  ["table", t.importAndExport, paths.transfer()],
  ["people", t.people, paths.people()],
  ["key", t.keys, paths.keys()],
  ["people", t.yourAccount, paths.account()],
  ["pulse", t.system, paths.system()],
  ["tree", t.wallboard, paths.wallboard()],
];

/** The pages that have no tab of their own on a phone. */
export default function More({ actor, onClose }: { actor: string | null; onClose: () => void }) {
  const all = useMay("all");
  return (
    <Dialog title={t.morePages} onClose={onClose}>
      <ul className="more-pages">
        {pages
          .filter(([, , to]) => all || !showsAll(to))
          .map(([icon, word, to]) => (
            <li key={to}>
              <Link to={to} onClick={onClose}>
                <Icon name={icon} />
                {word}
              </Link>
            </li>
          ))}
      </ul>
      {actor ? <SignOut actor={actor} /> : null}
    </Dialog>
  );
}
