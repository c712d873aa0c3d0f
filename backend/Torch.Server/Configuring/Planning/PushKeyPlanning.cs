using System.Text.Json.Nodes;
using Torch.Domain.Pushes;
using Torch.Server.Features;
using Torch.Server.Features.Pushes;

namespace Torch.Server.Configuring.Planning;

/// <summary>A token that scripts have already, and the source that it shall open.</summary>
internal sealed record WantedPushKey(string Source, string Token)
{
    /// <summary>Without the token.</summary>
    public override string ToString() => Source;
}

/// <summary>Push keys for tokens of old: found by the token. One that opens something else goes on doing so.</summary>
internal sealed class PushKeyPlanning(PlanContext context, JournalStreams streams)
{
    private const string Kind = "pushKey";

    public async Task PlanAsync(IReadOnlyList<WantedPushKey> wanted, CancellationToken ct)
    {
        foreach (var key in wanted)
            await PlanAsync(key, ct);
    }

    private async Task PlanAsync(WantedPushKey wanted, CancellationToken ct)
    {
        var id = PushKey.IdOf(wanted.Token);
        var (known, version) = await streams.ReadAsync(Journaled.PushKey, id, ct);
        if (known.Exists && known.Source != wanted.Source)
        {
            context.Notes.Add(
                $"The token for the source {wanted.Source} opens {known.Source ?? known.Prefix + "*"} already, and goes on doing so: make a push key with another token, and change the script."
            );
            return;
        }
        var form = new JsonObject { ["source"] = wanted.Source, ["token"] = "(secret)" };
        if (!context.Compare(Kind, wanted.Source, id, known.Exists ? form : null, form))
            return;
        var made = new PushKeyCreated(id, wanted.Source, PushKeys.HashOf(wanted.Token), wanted.Source);
        if (context.Take("/pushKeys", known.Create(made)) is { Count: > 0 } events)
            context.Appends.Add(Journaled.PushKey.Append(id, events, version, context.Who));
    }
}
