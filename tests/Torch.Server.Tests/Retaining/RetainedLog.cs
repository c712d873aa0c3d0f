using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Torch.EventStore;
using Torch.EventStore.Retention;
using Torch.Server.Evaluating;
using Torch.Server.Retaining;
using Torch.Server.Tests.Folding;
using Torch.Testing;

namespace Torch.Server.Tests.Retaining;

/// <summary>A log with a past: its partitions can be closed and made old at will.</summary>
internal sealed class RetainedLog : IAsyncDisposable
{
    private RetainedLog(TestDatabase database, FoldingServer server) => (Database, Server) = (database, server);

    public TestDatabase Database { get; }

    public FoldingServer Server { get; private set; }

    public static async Task<RetainedLog> StartAsync()
    {
        var database = await FoldingServer.NewDatabaseAsync();
        return new RetainedLog(database, await FoldingServer.StartAsync(database));
    }

    public Retainer Retainer(string? archive = null, TimeSpan? age = null, TimeProvider? time = null)
    {
        var db = Server.Get<NpgsqlDataSource>();
        var log = Server.Get<EventLog>();
        time ??= TimeProvider.System;
        return new Retainer(
            db,
            new RetentionPolicy(age ?? TimeSpan.FromDays(30), Archive: archive),
            new RetentionReading(db, time),
            new SealWriter(db, log),
            new ArchiveWriter(db, log),
            new RetentionJournal(log, db, time),
            Server.Get<IEvaluatorSnapshots>(),
            time,
            NullLogger<Retainer>.Instance
        );
    }

    public SealWriter Seals => new(Server.Get<NpgsqlDataSource>(), Server.Get<EventLog>());

    public TelemetryPartitions Partitions => new(Database.DataSource);

    /// <summary>Everything so far is in a closed partition whose newest event is so many days old. Answers its name.</summary>
    public async Task<string> AgeAsync(int days)
    {
        await Server.SettleAsync();
        await Database.ExecuteAsync("select torch_log.keep_telemetry_partitions_ahead(10000000)");
        var name = await Partitions.CloseAsync(TimeSpan.Zero, CancellationToken.None);
        await Partitions.MeasureAsync(CancellationToken.None);
        await Database.ExecuteAsync(
            $"""
            update torch_log.telemetry_partitions
            set first_time = now() - interval '{days
                + 1} days', last_time = now() - interval '{days} days' where name = '{name}'
            """
        );
        return name.ShouldNotBeNull();
    }

    /// <summary>Everything that folds the log has passed the closed partitions: one more event beyond them sees to it.</summary>
    public async Task PassAsync()
    {
        await Server.ReportAsync("after");
        await Server.SettleAsync();
        await Eventually.IsTrueAsync(
            async () =>
                await Database.CountAsync(
                    """
                    journal.mt_event_progression p where name like '%:All' and last_seq_id <
                        (select max(to_position) - 1 from torch_log.telemetry_partitions where closed_at is not null)
                    """
                ) == 0,
            TimeSpan.FromSeconds(20)
        );
    }

    public async Task RestartAsync()
    {
        await Server.DisposeAsync();
        Server = await FoldingServer.StartAsync(Database);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Database.DisposeAsync();
    }
}
