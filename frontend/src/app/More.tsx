import { Dialog } from "../ui/Dialog";
import { Icon } from "../ui/Icon";
import { Link } from "../ui/Link";
import type { IconName } from "../ui/Sprite";
import { paths } from "../util/paths";

const pages: [icon: IconName, word: string, to: string][] = [
  ["alert", "Incidents", paths.incidents()],
  ["rules", "Checks", paths.checks()],
  ["table", "Availability", paths.availability()],
  ["wrench", "Maintenance", paths.maintenance()],
  ["antenna", "Agents", paths.agents()],
  ["bell", "Notices", paths.notices()],
  ["globe", "Status pages", paths.statusPages()],
  ["sliders", "Statuses", paths.statuses()],
  ["table", "Import and export", paths.transfer()],
  ["people", "People", paths.people()],
  ["key", "API keys", paths.keys()],
  ["people", "Your account", paths.account()],
  ["pulse", "System", paths.system()],
  ["tree", "Wallboard", paths.wallboard()],
];

/** The pages that have no tab of their own on a phone. */
export default function More({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="More pages" onClose={onClose}>
      <ul className="more-pages">
        {pages.map(([icon, word, to]) => (
          <li key={to}>
            <Link to={to} onClick={onClose}>
              <Icon name={icon} />
              {word}
            </Link>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
