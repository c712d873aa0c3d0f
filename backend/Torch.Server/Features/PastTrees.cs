using Npgsql;
using Torch.Contracts;
using Torch.Domain.Evaluation;
using Torch.Domain.History;
using Torch.Domain.Statuses;
using Torch.EventStore;
using Torch.Server.Auth;
using Torch.Server.Evaluating;
using Torch.Server.Http;
using Torch.Server.Projecting;

namespace Torch.Server.Features;

/// <summary>
/// Hierarchies as they were, in the shapes of the present: from what the read tables keep of every change, so that neither the length of
/// the history nor what retention has dropped matters.
/// </summary>
internal sealed class PastTrees(
    NpgsqlDataSource db,
    LogTimes times,
    IReadPosition reads,
    IEvaluation evaluation,
    PastStates states
)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly Fault Behind = new(
        503,
        "behind",
        "The read tables have not reached that position yet.",
        RetryAfterSeconds: 1
    );

    private static readonly Fault Unfilled = new(
        503,
        "behind",
        "The past is being read from the log, once after an update.",
        RetryAfterSeconds: 5
    );

    /// <summary>Every hierarchy.</summary>
    /// <param name="rulesOfNow">With the statuses that the rules of now would have given.</param>
    public async Task<IReadOnlyList<TreeNode>> AllAsync(
        long position,
        Sight sight,
        CancellationToken ct,
        bool rulesOfNow = false
    )
    {
        var trees = await TreesAsync(position, sight, ct);
        if (!rulesOfNow)
            return trees;
        var state = await states.AtAsync(position, ct, rulesOfNow);
        return state.Read(e => trees.Select(t => Under(e, t)).ToList());
    }

    private async Task<IReadOnlyList<TreeNode>> TreesAsync(long position, Sight sight, CancellationToken ct)
    {
        var at = await InstantAsync(position, ct);
        var reading = PastTables.EdgesAsync(db, at, ct);
        var rows = await PastTables.NodesAsync(db, at, ct);
        var edges = (await reading).Where(e => sight.Shows(e.ParentId)).ToList();
        var below = edges.Select(e => e.ChildId).ToHashSet();
        var roots = rows.Select(r => r.Node)
            .Where(n => !below.Contains(n.Id))
            .OrderBy(n => n.Name, StringComparer.Ordinal)
            .ThenBy(n => n.Id);
        return await BuildAsync(at, rows, edges, [.. roots.Select(n => n.Id)], sight, ct);
    }

    /// <summary>A node and all below it.</summary>
    /// <exception cref="FaultException">It was not there.</exception>
    /// <param name="rulesOfNow">With the statuses that the rules of now would have given.</param>
    public async Task<TreeNode> BelowAsync(
        Guid id,
        long position,
        Sight sight,
        CancellationToken ct,
        bool rulesOfNow = false
    )
    {
        var tree = await BelowAsync(id, await InstantAsync(position, ct), sight, ct);
        if (!rulesOfNow)
            return tree;
        var state = await states.AtAsync(position, ct, rulesOfNow);
        return state.Read(e => Under(e, tree));
    }

    /// <inheritdoc cref="BelowAsync(Guid, long, Sight, CancellationToken, bool)"/>
    public async Task<TreeNode> BelowAsync(Guid id, PastInstant at, Sight sight, CancellationToken ct)
    {
        var edges = await PastTables.EdgesBelowAsync(db, at, id, ct);
        var rows = await PastTables.NodesAsync(db, at, edges.Select(e => e.ChildId).Append(id).ToHashSet(), ct);
        var trees = await BuildAsync(at, rows, edges, [id], sight, ct);
        return trees.Count == 1 ? trees[0] : throw new FaultException(Fault.NotFound("node"));
    }

    /// <summary>Every node in outline.</summary>
    /// <param name="rulesOfNow">With the statuses that the rules of now would have given.</param>
    public async Task<Dictionary<Guid, NodeOutline>> OutlinesAsync(long position, CancellationToken ct, bool rulesOfNow)
    {
        var at = await InstantAsync(position, ct);
        var edges = PastTables.EdgesAsync(db, at, ct);
        var rows = await PastTables.NodesAsync(db, at, ct);
        var parents = (await edges).OrderBy(e => e.Ordinal).ToLookup(e => e.ChildId, e => e.ParentId);
        var outlines = rows.ToDictionary(r => r.Node.Id, r => Outline(r, [.. parents[r.Node.Id]]));
        if (!rulesOfNow)
            return outlines;
        var state = await states.AtAsync(position, ct, rulesOfNow);
        return state.Read(e => outlines.ToDictionary(o => o.Key, o => o.Value with { Status = e.StatusOf(o.Key) }));
    }

    private static TreeNode Under(Evaluator rulesOfNow, TreeNode node) =>
        node with
        {
            Status = rulesOfNow.StatusOf(node.Id),
            Since = rulesOfNow.SinceOf(node.Id) ?? node.Since,
            StatusReason = rulesOfNow.SentenceOf(node.Id) ?? node.StatusReason,
            Children = [.. node.Children.Select(c => Under(rulesOfNow, c))],
        };

    /// <summary>The instant after the events up to a position, once the read tables have reached it.</summary>
    public async Task<PastInstant> InstantAsync(long position, CancellationToken ct)
    {
        await ReachAsync(position, ct);
        if (await PastTables.AreUnfilledAsync(db, ct))
            throw new FaultException(Unfilled);
        var at = await times.OfAsync(position, ct) ?? DateTimeOffset.UnixEpoch;
        return new(position, at, await times.AfterAsync(position, ct) ?? at);
    }

    private async Task ReachAsync(long position, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            await reads.WaitForAsync(position, limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new FaultException(Behind);
        }
    }

    private async Task<IReadOnlyList<TreeNode>> BuildAsync(
        PastInstant at,
        List<PastRow> rows,
        IEnumerable<PastEdge> edges,
        IReadOnlyList<Guid> roots,
        Sight sight,
        CancellationToken ct
    )
    {
        var nodes = rows.ToDictionary(r => r.Node.Id, r => r.Node);
        var children = edges
            .OrderBy(e => e.Ordinal)
            .ThenBy(e => e.ChildId)
            .ToLookup(e => e.ParentId, e => new Place(e.ChildId, e.Weight));
        var suppressed = await SuppressedAsync(at, nodes.Values, ct);
        return new TreeBuilding(nodes, children, suppressed, sight, at.Position).Build(roots);
    }

    /// <summary>The nodes whose consequence each one's problem was, as long as those lasted; others have no entry.</summary>
    public async Task<Dictionary<Guid, IReadOnlyList<Guid>>> SuppressedAsync(
        PastInstant at,
        IEnumerable<NodeRow> rows,
        CancellationToken ct
    )
    {
        var marked = rows.Where(r => r.Suppressed is not null).ToList();
        if (marked.Count == 0)
            return [];
        var asked = marked.SelectMany(r => r.Suppressed!).ToHashSet();
        var failing = (await PastTables.NodesAsync(db, at, asked, ct))
            .Where(r => IsUnavailable(r.Node.Status))
            .Select(r => r.Node.Id)
            .ToHashSet();
        return marked
            .Where(r => r.Suppressed!.Any(failing.Contains))
            .ToDictionary(r => r.Id, r => (IReadOnlyList<Guid>)[.. r.Suppressed!.Where(failing.Contains)]);
    }

    private bool IsUnavailable(string status) =>
        (evaluation.Statuses.Find(status) ?? StatusCatalog.BuiltIn.Find(status))?.Available == false;

    private static NodeOutline Outline(PastRow row, IReadOnlyList<Guid> parents) =>
        new(
            row.Node.Id,
            row.Node.Name,
            row.Node.Tags,
            row.Node.CheckId,
            row.Node.Paused,
            row.Node.Status,
            row.Node.Since,
            row.RulesVersion,
            parents
        );
}
