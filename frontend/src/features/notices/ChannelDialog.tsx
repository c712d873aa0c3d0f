import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ChannelView } from "../../api/model";
import { changeChannel, channelsKey, createChannel } from "../../api/notices";
import { CommandDialog } from "../../live/CommandDialog";
import { LineField } from "../../ui/LineField";
import { PickField } from "../../ui/PickField";
import { Switch } from "../../ui/Switch";
import { type ChannelForm, formOf, kinds, missing, securities, toRequest } from "./channelForm";

const stays = "Empty: it stays. It can be written, never read.";

/** A new channel, or what one is from now on. */
export default function ChannelDialog({ channel, onClose }: { channel?: ChannelView; onClose: () => void }) {
  const client = useQueryClient();
  const [form, setForm] = useState(() => formOf(channel));
  const set = (change: Partial<ChannelForm>) => setForm((known) => ({ ...known, ...change }));
  const save = () => (channel ? changeChannel(channel.id, toRequest(form)) : createChannel(toRequest(form)));
  return (
    <CommandDialog
      title={channel ? channel.name : "New channel"}
      action={channel ? "Save" : "Make the channel"}
      because={missing(form, !channel)}
      failed="The channel was not saved."
      run={save}
      onDone={() => void client.invalidateQueries({ queryKey: channelsKey })}
      onClose={onClose}
    >
      {(faultOf) => (
        <>
          <LineField
            label="Name"
            error={faultOf("/name")}
            maxLength={200}
            value={form.name}
            onChange={(name) => set({ name })}
            data-autofocus
          />
          {channel ? null : (
            <PickField
              label="Kind"
              error={faultOf("/kind")}
              value={form.kind}
              options={kinds}
              onChange={(kind) => set({ kind })}
            />
          )}
          {form.kind === "email" ? (
            <MailFields form={form} isNew={!channel} faultOf={faultOf} set={set} />
          ) : (
            <>
              <LineField
                label="URL"
                help={channel ? stays : "Where messages are posted. It is kept secret."}
                error={faultOf("/url")}
                type="url"
                autoComplete="off"
                value={form.url}
                onChange={(url) => set({ url })}
              />
              {form.kind === "webhook" || form.kind === "alertmanager" ? (
                <LineField
                  label="Authorization"
                  help={channel ? stays : "Where the receiver asks for one, such as Bearer ..."}
                  error={faultOf("/authorization")}
                  type="password"
                  autoComplete="off"
                  value={form.authorization}
                  onChange={(authorization) => set({ authorization })}
                />
              ) : null}
            </>
          )}
          <Switch label="In use" on={form.enabled} onChange={(enabled) => set({ enabled })} />
        </>
      )}
    </CommandDialog>
  );
}

function MailFields(props: {
  form: ChannelForm;
  isNew: boolean;
  faultOf: (pointer: string) => string | undefined;
  set: (change: Partial<ChannelForm>) => void;
}) {
  const { form, isNew, faultOf, set } = props;
  return (
    <>
      <div className="two">
        <LineField
          label="Mail server"
          error={faultOf("/email/host")}
          value={form.host}
          onChange={(host) => set({ host })}
        />
        <LineField
          label="Port"
          help="587, or 465 with TLS, where empty."
          error={faultOf("/email/port")}
          inputMode="numeric"
          value={form.port}
          onChange={(port) => set({ port: port.replace(/\D/g, "") })}
        />
      </div>
      <PickField
        label="Protected by"
        help="None is for a relay on the same machine."
        value={form.security}
        options={[...securities]}
        onChange={(security) => set({ security })}
      />
      <LineField label="From" error={faultOf("/email/from")} value={form.from} onChange={(from) => set({ from })} />
      <LineField
        label="To"
        help="Several are parted by commas."
        error={faultOf("/email/to") ?? faultOf("/email/to/0")}
        value={form.to}
        onChange={(to) => set({ to })}
      />
      <div className="two">
        <LineField label="User" autoComplete="off" value={form.user} onChange={(user) => set({ user })} />
        <LineField
          label="Password"
          help={isNew ? "It is kept secret." : stays}
          type="password"
          autoComplete="new-password"
          value={form.password}
          onChange={(password) => set({ password })}
        />
      </div>
    </>
  );
}
