using System.Text.Json.Nodes;
using FluentValidation;
using Torch.Contracts;
using Torch.Domain.Notices;
using Torch.Server.Configuring.Reading;
using Torch.Server.Configuring.Text;
using Torch.Server.Features;
using Torch.Server.Features.Channels;
using Torch.Server.Http;
using Torch.Server.Notifying;
using Torch.Server.Notifying.Sending;
using ChannelKind = Torch.Contracts.ChannelKind;

namespace Torch.Server.Configuring.Planning;

/// <summary>Channels: found by their id, or by their name. A secret whose variable is not given stays as it is.</summary>
internal sealed class ChannelPlanning(PlanContext context, IValidator<ChannelRequest> validator, ChannelVault vault)
{
    private const string Kind = "channel";
    private const string Hidden = "(secret)";

    private sealed record Wanted(
        Guid Id,
        ChannelSettings Settings,
        Dictionary<string, string> Secrets,
        CurrentChannel? Known,
        string Pointer
    );

    private readonly List<Wanted> _wanted = [];
    private readonly List<Wanted> _changed = [];
    private readonly List<CurrentChannel> _gone = [];

    public void Plan(IReadOnlyList<JsonObject> channels)
    {
        for (var i = 0; i < channels.Count; i++)
            Plan((JsonObject)channels[i].DeepClone(), ConfigPlaces.Step("/channels", i));
        if (context.Prune)
            foreach (var gone in context.Current.Channels.Where(c => _wanted.TrueForAll(w => w.Id != c.Id)))
            {
                _gone.Add(gone);
                context.Delete(Kind, gone.Settings.Name, gone.Id, Form(gone.Settings, [.. gone.Secrets.Keys], []));
            }
    }

    /// <summary>The channel that a rule names: of the file first, then of what is there.</summary>
    public Guid? Find(string text, string pointer)
    {
        List<Guid> found = [.. _wanted.Where(w => w.Settings.Name == text).Select(w => w.Id)];
        var others = context.Current.Channels.Where(c => _gone.TrueForAll(g => g.Id != c.Id)).ToList();
        if (found.Count == 0)
            found = [.. others.Where(c => c.Settings.Name == text).Select(c => c.Id)];
        if (found.Count == 0 && Guid.TryParse(text, out var id) && IsThere(id))
            found = [id];
        if (found.Count == 1)
            return found[0];
        context.Problems.Add(
            pointer,
            found.Count == 0
                ? $"there is no channel \"{text}\""
                : $"{found.Count} channels are called \"{text}\": name the id of the one that is meant"
        );
        return null;

        bool IsThere(Guid id) => _wanted.Exists(w => w.Id == id) || others.Exists(c => c.Id == id);
    }

    /// <summary>How a rule names it.</summary>
    public string NameOf(Guid id) =>
        _wanted.Find(w => w.Id == id)?.Settings.Name
        ?? context.Current.Channels.FirstOrDefault(c => c.Id == id)?.Settings.Name
        ?? id.ToString();

    public async Task AppendAsync(JournalStreams streams, CancellationToken ct)
    {
        foreach (var wanted in _changed)
        {
            var (channel, version) = await streams.ReadAsync(Journaled.Channel, wanted.Id, ct);
            var secrets = vault.Seal(wanted.Secrets);
            var decision = channel.Exists
                ? channel.Change(wanted.Settings, secrets)
                : Channel.Create(wanted.Id, wanted.Settings, secrets);
            if (context.Take(wanted.Pointer, decision) is { Count: > 0 } events)
                context.Appends.Add(Journaled.Channel.Append(wanted.Id, events, version, context.Who));
        }
        foreach (var gone in _gone)
        {
            var (channel, version) = await streams.ReadAsync(Journaled.Channel, gone.Id, ct);
            if (context.Take("/channels", channel.Delete()) is { Count: > 0 } events)
                context.Appends.Add(Journaled.Channel.Append(gone.Id, events, version, context.Who));
        }
    }

    private void Plan(JsonObject file, string pointer)
    {
        if (!TryTakeId(file, pointer, out var id))
            return;
        var known = Known(id, file, pointer);
        if (!KeepUnfilled(file, known, pointer))
            return;
        if (ConfigJson.Read<ChannelRequest>(file, pointer, context.Problems) is not { } request)
            return;
        var verdict = validator.Validate(request);
        foreach (var (at, messages) in Validation.Errors(verdict))
        foreach (var message in messages)
            context.Problems.Add(pointer + at, message);
        if (!verdict.IsValid)
            return;
        var wanted = new Wanted(
            known?.Id ?? id ?? Guid.CreateVersion7(),
            ChannelMapping.Settings(request, known?.Settings.Target),
            Others(request, known),
            known,
            pointer
        );
        if (_wanted.Exists(w => w.Id == wanted.Id || (w.Settings.Name == request.Name && id is null)))
            context.Problems.Add(pointer, $"the channel {request.Name} stands here twice");
        _wanted.Add(wanted);
        Compare(wanted);
    }

    private void Compare(Wanted wanted)
    {
        var before = wanted.Known is { } known ? Form(known.Settings, [.. known.Secrets.Keys], []) : null;
        var names = wanted.Known?.Secrets.Keys ?? [];
        // What Torch makes for itself is nobody's wish.
        var asked = wanted.Secrets.Where(s => s.Key != ChannelSecret.Signing || wanted.Known is not null);
        var after = Form(
            wanted.Settings,
            [.. names.Union(asked.Where(s => s.Value.Length > 0).Select(s => s.Key))],
            wanted.Known is null ? [] : [.. asked.Select(s => s.Key)]
        );
        if (context.Compare(Kind, wanted.Settings.Name, wanted.Id, before, after))
            _changed.Add(wanted);
    }

    // A secret that differs is said to differ, and nothing more.
    private static JsonObject Form(
        ChannelSettings settings,
        IReadOnlyCollection<string> secrets,
        IReadOnlyCollection<string> others
    ) =>
        ChannelForm.Of(
            settings,
            name =>
                others.Contains(name) ? Hidden + " (another one)"
                : secrets.Contains(name) ? Hidden
                : null
        );

    // Those that are not in force already; a new webhook is signed, whether the file says so or not.
    private Dictionary<string, string> Others(ChannelRequest request, CurrentChannel? known)
    {
        var secrets = ChannelMapping.Secrets(request);
        if (known is null && request.Kind == ChannelKind.Webhook)
            secrets.TryAdd(ChannelSecret.Signing, WebhookSignature.NewSecret());
        return secrets
            .Where(s => known is null || vault.TryOpen(known.Secrets, s.Key) != s.Value)
            .ToDictionary(StringComparer.Ordinal);
    }

    private bool TryTakeId(JsonObject file, string pointer, out Guid? id)
    {
        id = null;
        if (file["id"] is not { } given)
            return true;
        file.Remove("id");
        if (given is JsonValue value && value.TryGetValue<string>(out var text) && Guid.TryParse(text, out var read))
            id = read;
        else
            context.Problems.Add(pointer + "/id", "expected a UUID such as \"019a1fcc-16ae-773e-a891-b542ab02a1b2\"");
        return id is not null;
    }

    private CurrentChannel? Known(Guid? id, JsonObject file, string pointer)
    {
        if (id is not null)
            return context.Current.Channels.FirstOrDefault(c => c.Id == id);
        var name = file["name"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
        var named = context.Current.Channels.Where(c => c.Settings.Name == name).ToList();
        if (named.Count > 1)
            context.Problems.Add(
                pointer,
                $"{named.Count} channels are called {name}: give the id of the one that is meant"
            );
        return named.Count == 1 ? named[0] : null;
    }

    // A placeholder without a value stands for what is in force, and only for that.
    private bool KeepUnfilled(JsonObject file, CurrentChannel? known, string pointer)
    {
        var isWhole = true;
        foreach (var (at, variable) in context.Unfilled.Where(u => IsBelow(u.Key, pointer)))
        {
            var secret = ChannelForm.Secrets.FirstOrDefault(s => pointer + s.Pointer == at).Secret;
            if (secret is not null && known?.Secrets.ContainsKey(secret) == true)
                (at.EndsWith("/email/password", StringComparison.Ordinal) ? file["email"] as JsonObject : file)?.Remove(
                    at[(at.LastIndexOf('/') + 1)..]
                );
            else
            {
                context.Problems.Add(at, $"the variable {variable} has no value");
                isWhole = false;
            }
        }
        return isWhole;
    }

    private static bool IsBelow(string at, string pointer) => at.StartsWith(pointer + "/", StringComparison.Ordinal);
}
