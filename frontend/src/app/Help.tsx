import { t } from "@texts/app";
import { Dialog } from "../ui/Dialog";

const keysHelp = [
  ["/", t.searchNodesAndTags2],
  ["j  k", t.nextPreviousRow],
  ["l  h", t.unfoldFold],
  ["Enter", t.openTheRow],
  ["x", t.selectTheRowShiftAndAClickSelect],
  ["m", t.takeTheRowOrWhatIsSelectedTo],
  ["z", t.undoWhatWasDoneLast],
  ["p", t.problemsOnlyOnAndOff],
  ["t", t.lookAtAnotherTime2],
  ["Esc", t.leaveAFieldCloseADialogBackToNow],
  ["?", t.thisHelp],
] as const;

export default function Help({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={t.keys} onClose={onClose}>
      <table className="tbl tight">
        <tbody>
          {keysHelp.map(([key, does]) => (
            <tr key={key}>
              <td>
                {key.split("  ").map((k) => (
                  <kbd key={k}>{k}</kbd>
                ))}
              </td>
              <td>{does}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  );
}
