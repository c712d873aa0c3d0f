import { useQueryClient } from "@tanstack/react-query";
import { t } from "@texts/notices";
import { useState } from "react";
import type { ChannelView } from "../../api/model";
import { changeChannel, channelsKey, createChannel } from "../../api/notices";
import { CommandDialog } from "../../live/CommandDialog";
import { LineField } from "../../ui/LineField";
import { PickField } from "../../ui/PickField";
import { Switch } from "../../ui/Switch";
import { type ChannelForm, formOf, kinds, missing, securities, toRequest } from "./channelForm";

const stays = t.emptyItStaysItCanBeWrittenNever;

/** A new channel, or what one is from now on. */
export default function ChannelDialog({ channel, onClose }: { channel?: ChannelView; onClose: () => void }) {
  const client = useQueryClient();
  const [form, setForm] = useState(() => formOf(channel));
  const set = (change: Partial<ChannelForm>) => setForm((known) => ({ ...known, ...change }));
  const save = () => (channel ? changeChannel(channel.id, toRequest(form)) : createChannel(toRequest(form)));
  return (
    <CommandDialog
      title={channel ? channel.name : t.newChannel}
      action={channel ? t.save : t.makeTheChannel}
      because={missing(form, !channel)}
      failed={t.theChannelWasNotSaved}
      run={save}
      onDone={() => void client.invalidateQueries({ queryKey: channelsKey })}
      onClose={onClose}
    >
      {(faultOf) => (
        <>
          <LineField
            label={t.name}
            error={faultOf("/name")}
            maxLength={200}
            value={form.name}
            onChange={(name) => set({ name })}
            data-autofocus
          />
          {channel ? null : (
            <PickField
              label={t.kind}
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
                label={t.url}
                help={channel ? stays : t.whereMessagesArePostedItIsKept}
                error={faultOf("/url")}
                type="url"
                autoComplete="off"
                value={form.url}
                onChange={(url) => set({ url })}
              />
              {form.kind === "webhook" || form.kind === "alertmanager" ? (
                <LineField
                  label={t.authorization}
                  help={channel ? stays : t.whereTheReceiverAsksForOneSuchAs}
                  error={faultOf("/authorization")}
                  type="password"
                  autoComplete="off"
                  value={form.authorization}
                  onChange={(authorization) => set({ authorization })}
                />
              ) : null}
            </>
          )}
          <Switch label={t.inUse} on={form.enabled} onChange={(enabled) => set({ enabled })} />
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
          label={t.mailServer}
          error={faultOf("/email/host")}
          value={form.host}
          onChange={(host) => set({ host })}
        />
        <LineField
          label={t.port}
          help={t.n587Or465WithTlsWhereEmpty}
          error={faultOf("/email/port")}
          inputMode="numeric"
          value={form.port}
          onChange={(port) => set({ port: port.replace(/\D/g, "") })}
        />
      </div>
      <PickField
        label={t.protectedBy}
        help={t.noneIsForARelayOnTheSameMachine}
        value={form.security}
        options={[...securities]}
        onChange={(security) => set({ security })}
      />
      <LineField label={t.from} error={faultOf("/email/from")} value={form.from} onChange={(from) => set({ from })} />
      <LineField
        label={t.to}
        help={t.severalArePartedByCommas}
        error={faultOf("/email/to") ?? faultOf("/email/to/0")}
        value={form.to}
        onChange={(to) => set({ to })}
      />
      <div className="two">
        <LineField label={t.user} autoComplete="off" value={form.user} onChange={(user) => set({ user })} />
        <LineField
          label={t.password}
          help={isNew ? t.itIsKeptSecret : stays}
          type="password"
          autoComplete="new-password"
          value={form.password}
          onChange={(password) => set({ password })}
        />
      </div>
    </>
  );
}
