using System.Text.Json.Nodes;
using Torch.Domain.Pushes;
using Torch.Server.Features;
using Torch.Server.Features.Pushes;

namespace Torch.Server.Configuring.Planning;

/// <summary>A token that scripts have already, and the source that it shall open.</summary>
/// <param name="Endpoint">Of a Gatus endpoint the key: others may have the same token, and each is opened by a push key of its own.</param>
internal sealed record WantedPushKey(string Source, string Token, string? Endpoint)
{
    public IReadOnlyList<Guid> Ids =>
        Endpoint is null ? [PushKey.IdOf(Token)] : [PushKey.IdOf(Token), PushKey.IdOf(Token, Endpoint)];

    /// <summary>Without the token.</summary>
    public override string ToString() => Source;
}

/// <summary>Push keys for tokens of old: found by the token. One that opens something else goes on doing so.</summary>
internal sealed class PushKeyPlanning(PlanContext context, JournalStreams streams)
{
    private const string Kind = "pushKey";

    // What this plan makes, which no stream has yet.
    private readonly HashSet<Guid> _made = [];

    public async Task PlanAsync(IReadOnlyList<WantedPushKey> wanted, CancellationToken ct)
    {
        foreach (var key in wanted)
            await PlanAsync(key, ct);
    }

    private async Task PlanAsync(WantedPushKey wanted, CancellationToken ct)
    {
        var known = new List<(Guid Id, PushKey Key, long Version)>();
        foreach (var id in wanted.Ids)
        {
            var (key, version) = await streams.ReadAsync(Journaled.PushKey, id, ct);
            known.Add((id, key, version));
        }
        var form = new JsonObject { ["source"] = wanted.Source, ["token"] = "(secret)" };
        if (known.FirstOrDefault(k => k.Key.Exists && k.Key.Source == wanted.Source) is { Key: not null } same)
            context.Compare(Kind, wanted.Source, same.Id, form, form);
        else if (known.FirstOrDefault(k => !k.Key.Exists && !_made.Contains(k.Id)) is { Key: not null } free)
            Make(wanted, form, free.Id, free.Key, free.Version);
        else
            context.Notes.Add(
                $"The token for the source {wanted.Source} opens {known[0].Key.Source ?? known[0].Key.Prefix + "*"} already, and goes on doing so: make a push key with another token, and change the script."
            );
    }

    private void Make(WantedPushKey wanted, JsonObject form, Guid id, PushKey free, long version)
    {
        context.Compare(Kind, wanted.Source, id, null, form);
        var made = new PushKeyCreated(id, wanted.Source, PushKeys.HashOf(wanted.Token), wanted.Source);
        if (context.Take("/pushKeys", free.Create(made)) is not { Count: > 0 } events)
            return;
        _made.Add(id);
        context.Appends.Add(Journaled.PushKey.Append(id, events, version, context.Who));
    }
}
