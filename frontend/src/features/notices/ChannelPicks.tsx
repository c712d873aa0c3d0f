import type { ChannelView } from "../../api/model";

interface Props {
  legend: string;
  channels: readonly ChannelView[];
  picked: readonly string[];
  onPick: (ids: string[]) => void;
}

/** Channels to tick. */
export function ChannelPicks(props: Props) {
  const toggle = (id: string) =>
    props.onPick(props.picked.includes(id) ? props.picked.filter((one) => one !== id) : [...props.picked, id]);
  return (
    <fieldset className="fl">
      <legend className="lb">{props.legend}</legend>
      {props.channels.map((channel) => (
        <label key={channel.id} className="choice">
          <input type="checkbox" checked={props.picked.includes(channel.id)} onChange={() => toggle(channel.id)} />
          <span>
            {channel.name} <span className="t3">{channel.target}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
