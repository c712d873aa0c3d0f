using Npgsql;
using Torch.Domain.History;
using Torch.Domain.Nodes;
using Torch.EventStore;
using Torch.Server.Events;
using Torch.Server.Features;

namespace Torch.Server.Evaluating;

/// <summary>
/// The evaluator at a past position as it would be had the rules of now been in force: folded from an hour before, so that what rules
/// count and time has counted, with today's publications in place of those that came since. Of late data, which was judged by the rules
/// of then, nothing is known.
/// </summary>
internal sealed class RulesOfNow(IEvaluatorSnapshots snapshots, EventLog log, LogTimes times, NpgsqlDataSource db)
{
    private const int PageSize = 5_000;
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(1);

    private const string Since = """
        select n.id, n.rules_version, n.rules, n.rules_reason from torch.nodes n
        where n.rules_version > 0 and exists (
            select from torch.changes c where c.type = 'rules_published' and c.position > $1 and c.subjects @> array[n.id])
        order by n.id
        """;

    /// <summary>Grows with every publication.</summary>
    public async Task<long> NewestAsync(CancellationToken ct)
    {
        const string newest = "select coalesce(max(position), 0) from torch.changes where type = 'rules_published'";
        return (await db.QueryAsync(newest, [], r => r.GetInt64(0), ct))[0];
    }

    public async Task<FoldedEvaluator> AtAsync(long position, CancellationToken ct)
    {
        var state = await BeginAsync(position, ct);
        var published = (await db.QueryAsync(Since, [state.Position], Row, ct)).ToDictionary(p => p.NodeId);
        foreach (var rules in published.Values.Where(p => state.Evaluator.NameOf(p.NodeId) is not null))
            state.Evaluator.Fold(state.Position, state.Evaluator.Now, rules);
        while (state.Position < position)
        {
            var page = await log.ReadPageAsync(new PageRead(state.Position, PageSize), ct);
            foreach (var recorded in page.Events.Where(e => e.Position <= position))
                Fold(state, recorded, published);
            state.Fold([], page.IsLive ? position : Math.Min(page.Through, position));
        }
        return state;
    }

    private async Task<FoldedEvaluator> BeginAsync(long position, CancellationToken ct)
    {
        if (await times.OfAsync(position, ct) is { } at)
        {
            var older = await snapshots.BeforeAsync(at - Ahead, ct);
            if (older.Position >= await snapshots.EarliestAsync(ct))
                return older;
        }
        return await snapshots.NearestAsync(position, ct);
    }

    private static void Fold(FoldedEvaluator state, RecordedEvent recorded, Dictionary<Guid, RulesPublished> published)
    {
        if (recorded.Type == EventCodec.AliasOf<LateDataFolded>())
            return;
        if (recorded.Type == EventCodec.AliasOf<RulesPublished>() && published.ContainsKey(recorded.StreamId))
            return;
        state.Fold([recorded], recorded.Position);
        if (
            recorded.Type == EventCodec.AliasOf<NodeCreated>()
            && published.TryGetValue(recorded.StreamId, out var rules)
        )
            state.Evaluator.Fold(recorded.Position, recorded.Timestamp, rules);
    }

    private static RulesPublished Row(NpgsqlDataReader row) =>
        new(row.GetGuid(0), row.GetInt64(1), EventCodec.Rules(row.GetFieldValue<byte[]>(2)), row.Maybe<string>(3));
}
