using Npgsql;
using Torch.Domain;
using Torch.Domain.Statuses;
using Torch.EventStore;
using Torch.Server.Evaluating;
using Torch.Server.Events;
using Torch.Server.Http;

namespace Torch.Server.Features;

/// <summary>The statuses of the workspace, kept in memory and caught up from their stream before each use.</summary>
internal sealed class Catalogue(
    IEventLog log,
    NpgsqlDataSource db,
    ProjectionRunner projections,
    IEvaluation evaluation,
    TimeProvider time
) : IDisposable
{
    private const string Candidates = """
        select name, rules, '' from torch.nodes where strpos(rules::text, $1) > 0
        union all
        select p.name || ' > ' || c.name, null, e.contribution from torch.edges e
        join torch.nodes p on p.id = e.parent_id join torch.nodes c on c.id = e.child_id
        where strpos(e.contribution, $1) > 0
        order by 1
        """;

    private const string GivenByHand = """
        select n.name from torch.node_marks m join torch.nodes n on n.id = m.node_id
        where m.marks->'manual'->>'status' = $1
        order by 1
        """;

    private const int MostNamed = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private Versioned<StatusCatalog> _known = new(StatusCatalog.BuiltIn, 0);

    /// <summary>As of now, with the version of its stream.</summary>
    public async Task<Versioned<StatusCatalog>> NowAsync(CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            var (statuses, version) = _known;
            await foreach (
                var recorded in log.ReadStreamAsync(new StreamRead(Log.Journal, WellKnown.Statuses, version + 1), ct)
            )
            {
                if (EventCodec.Decode(recorded) is { } @event)
                    statuses = statuses.Fold(@event);
                version = recorded.Version;
            }
            return _known = new(statuses, version);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Where a status is named, for people. Everything that was in the log before is looked at.</summary>
    public async Task<IReadOnlyList<string>> UsesAsync(string status, CancellationToken ct)
    {
        var byHand = await ByHandAsync(status, ct);
        var candidates = await db.QueryAsync(
            Candidates,
            [status],
            r => (Name: r.GetString(0), Rules: r.Maybe<byte[]>(1), Contribution: r.GetString(2)),
            ct
        );
        List<string> uses =
        [
            .. candidates
                .Where(c => c.Rules is { } rules && StatusUses.Names(EventCodec.Rules(rules), status))
                .Select(c => $"the rules of {c.Name}"),
            .. candidates
                .Where(c => c.Rules is null && StatusUses.Names(c.Contribution, status))
                .Select(c => $"the contribution of {c.Name}"),
            .. byHand,
        ];
        return uses.Count <= MostNamed ? uses : [.. uses.Take(MostNamed), $"{uses.Count - MostNamed} more"];
    }

    /// <summary>The nodes that show a status because somebody gave it to them, for people. Everything that was in the log before is looked at.</summary>
    public async Task<IReadOnlyList<string>> ByHandAsync(string status, CancellationToken ct)
    {
        await CatchUpAsync(ct);
        return await db.QueryAsync(GivenByHand, [status], r => $"{r.GetString(0)}, which was given it by hand", ct);
    }

    // Marks are the evaluator's word, so the tables have them only once it has written them.
    private async Task CatchUpAsync(CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            var head = await log.HeadAsync(both.Token);
            await projections.WaitForAsync(Math.Max(head, await evaluation.WaitForAsync(head, both.Token)), both.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new FaultException(Behind);
        }
    }

    private static Fault Behind { get; } =
        new(503, "not_caught_up", "What uses the status is not known yet.", RetryAfterSeconds: 1);

    public void Dispose() => _turn.Dispose();
}
