using Npgsql;
using Torch.Domain;
using Torch.Domain.Checks;
using Torch.EventStore;
using Torch.Server.Events;
using Torch.Server.Features;

namespace Torch.Server.Agents;

/// <summary>Records which checks no live agent serves, everywhere or in one of their locations: gaps, from when that was noticed until an agent serves them again.</summary>
internal sealed class GapWatch(IEventLog log, LiveAgents live, NpgsqlDataSource db, TimeProvider time)
{
    private const int Page = 2_000;

    private const string Open = "select subject_id, place from torch.gaps where to_at is null and agent_id is null";

    private readonly HashSet<Missed> _open = [];
    private DateTimeOffset _from;

    /// <summary>This server begins to look after the agents: each has as long as a silence to come (back).</summary>
    public async Task OpenAsync(CancellationToken ct)
    {
        _open.Clear();
        _open.UnionWith(await db.QueryAsync(Open, [], r => new Missed(r.GetGuid(0), r.Maybe<string>(1)), ct));
        _from = time.GetUtcNow() + Spreading.Silence;
    }

    public async Task LookAsync(IReadOnlyList<PlacedCheck> checks, CancellationToken ct)
    {
        if (time.GetUtcNow() < _from)
            return;
        var wanted = live.Unwatched(checks)
            .SelectMany(c => Gaps(c.Check, c.Dark))
            .ToDictionary(g => g.Missed, g => g.Reason);
        // One that was deleted or switched off is not missed by anybody.
        var ended = _open.Where(gap => !wanted.ContainsKey(gap)).ToList();
        var begun = wanted.Where(gap => !_open.Contains(gap.Key)).ToList();
        foreach (var page in ended.Chunk(Page))
            await AppendAsync([.. page.Select(g => (g.Check, (IEvent)new GapEnded(g.Check, g.Location)))], ct);
        foreach (var page in begun.Chunk(Page))
            await AppendAsync(
                [.. page.Select(g => (g.Key.Check, (IEvent)new GapBegan(g.Key.Check, g.Value, g.Key.Location)))],
                ct
            );
        _open.ExceptWith(ended);
        _open.UnionWith(begun.Select(g => g.Key));
    }

    private static IEnumerable<(Missed Missed, string Reason)> Gaps(PlacedCheck check, IReadOnlyList<string> dark)
    {
        var id = check.Check.CheckId;
        return dark.Count == check.Locations.Count
            ? [(new Missed(id, null), Reason(dark))]
            : dark.Select(location => (new Missed(id, location), Reason([location])));
    }

    // A check's location, or the whole of a check where nobody is left in any.
    private readonly record struct Missed(Guid Check, string? Location);

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
