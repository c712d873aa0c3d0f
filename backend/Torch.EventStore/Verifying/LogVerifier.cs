using System.Diagnostics;
using Npgsql;
using Torch.EventStore.Chaining;

namespace Torch.EventStore.Verifying;

/// <summary>What a verification goes by.</summary>
public sealed record VerifyOptions
{
    /// <summary>Keys whose signatures count. Without any, signatures cannot be checked, and that is a finding.</summary>
    public IReadOnlyList<JournalPublicKey> PublicKeys { get; init; } = [];

    /// <summary>The newest signed hash that was remembered outside the database.</summary>
    public (long Position, byte[] Hash)? LastSigned { get; init; }

    /// <summary>Events in one statement, 1 to 10,000.</summary>
    public int PageSize { get; init; } = 10_000;
}

/// <summary>What a verification found.</summary>
/// <param name="Findings">The first of each check, in the order of the checks.</param>
/// <param name="TotalFindings">All of them.</param>
/// <param name="Through">The position that was read to.</param>
/// <param name="Chained">Events of the journal whose hash was recomputed.</param>
/// <param name="Unchained">Events of the journal that the chain has not reached yet.</param>
/// <param name="SignedThrough">The newest position under a signature that holds.</param>
public sealed record VerifyReport(
    IReadOnlyList<Finding> Findings,
    long TotalFindings,
    long JournalEvents,
    long TelemetryEvents,
    long Streams,
    int Partitions,
    long Through,
    long Chained,
    long Unchained,
    long SignedThrough,
    int Signatures,
    TimeSpan Elapsed
)
{
    /// <summary>Nothing was found.</summary>
    public bool IsSound => TotalFindings == 0;

    /// <summary>Of both logs.</summary>
    public long Events => JournalEvents + TelemetryEvents;

    /// <summary>Events read per second.</summary>
    public double EventsPerSecond => Events / Math.Max(Elapsed.TotalSeconds, 0.001);
}

/// <summary>
/// Reads the whole log and says where it first breaks. Works beside a live Torch: every page is a statement of its own, and what looks
/// wrong because it moves is looked at again. Keeps some 100 bytes per stream in memory.
/// </summary>
public sealed class LogVerifier(NpgsqlDataSource dataSource, VerifyOptions options)
{
    /// <exception cref="PostgresException">The database holds no log of this version, among other things.</exception>
    public async Task<VerifyReport> RunAsync(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var findings = new Findings();
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await SetUpAsync(connection, cancellationToken);

        var partitions = new PartitionCheck(connection, findings);
        await partitions.RunAsync(cancellationToken);
        var order = new OrderCheck(connection, findings, options.PageSize);
        await order.RunAsync(cancellationToken);
        foreach (var log in (Log[])[Log.Journal, Log.Telemetry])
            await new HeadCheck(connection, findings, log, order.Streams(log)).RunAsync(cancellationToken);
        await new CheckpointCheck(connection, findings).RunAsync(cancellationToken);
        var chain = new ChainCheck(connection, findings, options);
        await chain.RunAsync(cancellationToken);

        return new VerifyReport(
            findings.Kept,
            findings.Total,
            order.Count(Log.Journal),
            order.Count(Log.Telemetry),
            order.StreamCount,
            partitions.Count,
            order.Through,
            chain.Chained,
            chain.Unchained,
            chain.SignedThrough,
            chain.Signatures,
            watch.Elapsed
        );
    }

    // Pages are small: compiling a plan, or making it anew each time, costs more than it saves.
    private static async Task SetUpAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "set jit = off; set plan_cache_mode = force_generic_plan; set application_name = 'torch-verify'",
            connection
        );
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
