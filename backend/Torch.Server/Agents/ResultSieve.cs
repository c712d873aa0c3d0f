using System.Collections.Concurrent;
using Npgsql;
using Torch.Contracts;
using Torch.Domain.Agents;
using Torch.Server.Events;
using Torch.Server.Features;

namespace Torch.Server.Agents;

/// <summary>
/// Looks at what an agent elsewhere delivers as at anything from outside. A result that makes no sense is left out and counted: the
/// others of its delivery count all the same. One of a check that another agent held by then is stale.
/// </summary>
internal sealed class ResultSieve(Holders holders, NpgsqlDataSource db, TimeProvider time)
{
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);
    private static readonly DateTimeOffset Earliest = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private const int MostTextBytes = 16 * 1024;
    private const int MostEntries = 200;

    private const string Checks =
        "select id, kind, settings from torch.checks where id = any($1) and settings is not null";

    private readonly ConcurrentDictionary<Guid, byte> _asked = new();

    /// <summary>A run that the server asks for is nobody's by the schedule: its result is never stale.</summary>
    public IDisposable Ask(Guid runId)
    {
        _asked.TryAdd(runId, 0);
        return new Asked(_asked, runId);
    }

    public async Task<Sifted> SiftAsync(IReadOnlyList<ProbeCompleted> results, Deliverer agent, CancellationToken ct)
    {
        var checks = await ChecksAsync([.. results.Select(r => r.CheckId).Distinct()], ct);
        var spans = await holders.SpansAsync(ct);
        var taken = new List<TakenResult>(results.Count);
        var refused = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var result in results)
            if (Problem(result, checks) is { } problem)
                refused[problem] = refused.GetValueOrDefault(problem) + 1;
            else
                taken.Add(new(result with { Agent = agent.Name }, IsStale(result, agent, checks, spans)));
        return new(taken, refused);
    }

    private bool IsStale(
        ProbeCompleted result,
        Deliverer agent,
        Dictionary<Guid, (Guid, string, IReadOnlyList<string>)> checks,
        IReadOnlyList<SessionSpan> spans
    ) =>
        !_asked.ContainsKey(result.RunId)
        && Holders.IsStale(spans, agent.AgentId, agent.Location, checks[result.CheckId], result.At);

    private string? Problem(ProbeCompleted result, Dictionary<Guid, (Guid, string, IReadOnlyList<string>)> checks) =>
        result.At > time.GetUtcNow() + Ahead ? "ahead"
        : result.At < Earliest ? "bad_time"
        : !checks.ContainsKey(result.CheckId) ? "unknown_check"
        : IsTooLarge(result) ? "too_large"
        : null;

    public static bool IsTooLarge(ProbeCompleted result) =>
        Length(result.Text) > MostTextBytes
        || Length(result.Message) > MostTextBytes
        || Length(result.Cause) > 200
        || Length(result.HttpVersion) > 200
        || Length(result.Address) > 200
        || Length(result.Certificate?.Subject) + Length(result.Certificate?.Issuer) > MostTextBytes
        || result.Measures?.Count > MostEntries
        || Length(result.Headers) > 4 * MostTextBytes
        || Length(result.Texts) > 4 * MostTextBytes;

    private static int Length(string? text) => text?.Length ?? 0;

    private static int Length(IReadOnlyDictionary<string, string>? texts) =>
        texts is null ? 0
        : texts.Count > MostEntries ? int.MaxValue
        : texts.Sum(t => t.Key.Length + t.Value.Length);

    private async Task<Dictionary<Guid, (Guid, string, IReadOnlyList<string>)>> ChecksAsync(
        Guid[] ids,
        CancellationToken ct
    )
    {
        var rows = await db.QueryAsync(
            Checks,
            [ids],
            r =>
                (
                    r.GetGuid(0),
                    r.GetString(1),
                    EventCodec.Settings(r.GetFieldValue<byte[]>(2)).Locations ?? [Locations.Default]
                ),
            ct
        );
        return rows.ToDictionary(r => r.Item1);
    }

    private sealed class Asked(ConcurrentDictionary<Guid, byte> asked, Guid runId) : IDisposable
    {
        public void Dispose() => asked.TryRemove(runId, out _);
    }
}
