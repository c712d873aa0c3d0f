import { Dialog } from "../ui/Dialog";

const keysHelp = [
  ["/", "search nodes and tags"],
  ["j  k", "next, previous row"],
  ["l  h", "unfold, fold"],
  ["Enter", "open the row"],
  ["x", "select the row; Shift and a click select up to one"],
  ["m", "take the row, or what is selected, to another place"],
  ["z", "undo what was done last"],
  ["p", "problems only, on and off"],
  ["t", "look at another time"],
  ["Esc", "leave a field, close a dialog, back to now"],
  ["?", "this help"],
] as const;

export default function Help({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keys" onClose={onClose}>
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
