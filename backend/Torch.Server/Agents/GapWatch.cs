using Npgsql;
using Torch.Domain;
using Torch.Domain.Checks;
using Torch.EventStore;
using Torch.Server.Events;
using Torch.Server.Features;

namespace Torch.Server.Agents;

/// <summary>Records which checks no live agent serves: their gaps, from when that was noticed until an agent serves them again.</summary>
internal sealed class GapWatch(IEventLog log, LiveAgents live, NpgsqlDataSource db, TimeProvider time)
{
    private const int Page = 2_000;

    private const string Open = "select subject_id from torch.gaps where to_at is null and agent_id is null";

    private readonly HashSet<Guid> _open = [];
    private DateTimeOffset _from;

    /// <summary>This server begins to look after the agents: each has as long as a silence to come (back).</summary>
    public async Task OpenAsync(CancellationToken ct)
    {
        _open.Clear();
        _open.UnionWith(await db.QueryAsync(Open, [], r => r.GetGuid(0), ct));
        _from = time.GetUtcNow() + Spreading.Silence;
    }

    public async Task LookAsync(IReadOnlyList<PlacedCheck> checks, CancellationToken ct)
    {
        if (time.GetUtcNow() < _from)
            return;
        var unwatched = live.Unwatched(checks).ToDictionary(c => c.Check.CheckId);
        // One that was deleted or switched off is not missed by anybody.
        var ended = _open.Where(id => !unwatched.ContainsKey(id)).ToList();
        var begun = unwatched.Values.Where(c => !_open.Contains(c.Check.CheckId)).ToList();
        foreach (var page in ended.Chunk(Page))
            await AppendAsync([.. page.Select(id => (id, (IEvent)new GapEnded(id)))], ct);
        foreach (var page in begun.Chunk(Page))
            await AppendAsync(
                [.. page.Select(c => (c.Check.CheckId, (IEvent)new GapBegan(c.Check.CheckId, Reason(c.Locations))))],
                ct
            );
        _open.ExceptWith(ended);
        _open.UnionWith(begun.Select(c => c.Check.CheckId));
    }

    private static string Reason(IReadOnlyList<string> locations) =>
        $"no agent is live in {string.Join(" or ", locations)}";

    private async Task AppendAsync(IReadOnlyList<(Guid Check, IEvent Event)> gaps, CancellationToken ct)
    {
        var request = new AppendRequest
        {
            Streams =
            [
                .. gaps.Select(g => new StreamAppend(
                    Log.Journal,
                    StreamIds.GapsOf(g.Check),
                    [EventCodec.Encode(g.Event, Guid.CreateVersion7())],
                    "gaps"
                )),
            ],
        };
        await log.AppendAsync(request, ct);
    }
}
