using System.Reflection;
using Npgsql;
using Torch.Contracts;
using Torch.EventStore;
using Torch.Server.Agents;

namespace Torch.Server.Features;

/// <summary>What Torch knows of itself.</summary>
internal sealed class SystemReading(
    IEventLog log,
    NpgsqlDataSource db,
    IAgentLink agents,
    SystemWarnings warnings,
    TorchOptions options,
    TimeProvider time
)
{
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();

    /// <summary>Of Torch, without the commit that it was built from.</summary>
    public static string Version { get; } =
        (
            typeof(SystemReading)
                .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
                ?.InformationalVersion
            ?? "unknown"
        ).Split('+')[0];

    public async Task<SystemView> ReadAsync(CancellationToken cancellationToken)
    {
        var head = await log.HeadAsync(cancellationToken);
        var checkpoints = await db.QueryAsync(
            "select name, last_seq_id from journal.mt_event_progression order by name",
            [],
            r => (Name: r.GetString(0), Position: r.GetInt64(1)),
            cancellationToken
        );
        return new SystemView(
            Version,
            options.Workspace,
            head,
            checkpoints.ToDictionary(c => c.Name, c => c.Position),
            agents.Agents,
            _startedAt,
            await StorageAsync(cancellationToken),
            await warnings.ReadAsync(head, cancellationToken)
        );
    }

    private async Task<StorageView> StorageAsync(CancellationToken cancellationToken)
    {
        const string sql = """
            select pg_total_relation_size('journal.mt_events') + pg_total_relation_size('journal.mt_streams'),
                (select sum(pg_total_relation_size(relid)) from pg_partition_tree('telemetry.mt_events'))::bigint
                    + pg_total_relation_size('telemetry.mt_streams'),
                pg_database_size(current_database())
            """;
        var rows = await db.QueryAsync(
            sql,
            [],
            r => new StorageView(r.GetInt64(0), r.GetInt64(1), r.GetInt64(2)),
            cancellationToken
        );
        return rows[0];
    }
}
