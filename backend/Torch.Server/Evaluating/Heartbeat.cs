using System.Globalization;
using Npgsql;
using Torch.Domain;
using Torch.Domain.Checks;
using Torch.EventStore;
using Torch.Server.Events;

namespace Torch.Server.Evaluating;

/// <summary>One row that says when Torch was last alive. Who finds it old records the absence in the log.</summary>
internal sealed class Heartbeat(NpgsqlDataSource dataSource, EventLog log, TimeProvider time, ILogger<Heartbeat> logger)
{
    /// <summary>How often the leader refreshes the row.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>The age at which the row means that Torch was away.</summary>
    public static readonly TimeSpan Absence = TimeSpan.FromSeconds(15);

    // The database's clock on both sides: two servers' clocks may differ.
    private const string Read = "select at, now() - at > $1 from torch.heartbeat";

    private const string Write = """
        insert into torch.heartbeat (id, at) values (1, now()) on conflict (id) do update set at = excluded.at
        """;

    private long _beatAt;

    /// <summary>Whether this process has refreshed the row within the span that counts as an absence.</summary>
    public bool IsFresh => _beatAt != 0 && time.GetElapsedTime(Volatile.Read(ref _beatAt)) < Absence;

    /// <summary>Refreshes the row; before that, appends <see cref="ServiceResumed"/> where it was old.</summary>
    public async Task BeatAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        if (await AwaySinceAsync(connection, cancellationToken) is { } since)
            await RecordAsync(since, cancellationToken);
        await using var write = new NpgsqlCommand(Write, connection);
        await write.ExecuteNonQueryAsync(cancellationToken);
        Volatile.Write(ref _beatAt, time.GetTimestamp());
    }

    private static async Task<DateTimeOffset?> AwaySinceAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(Read, connection);
        command.Parameters.Add(new NpgsqlParameter { Value = Absence });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken) && row.GetBoolean(1)
            ? row.GetFieldValue<DateTimeOffset>(0)
            : null;
    }

    // The key makes it one event, whichever server finds the row first and however often it tries.
    private async Task RecordAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var resumed = EventCodec.Encode(new ServiceResumed(since), Guid.CreateVersion7());
        var request = new AppendRequest
        {
            Streams = [new StreamAppend(Log.Telemetry, WellKnown.Clock, [resumed], "clock")],
            Key = new IdempotencyKey(
                "service/resumed",
                since.UtcTicks.ToString(CultureInfo.InvariantCulture),
                ReadOnlyMemory<byte>.Empty,
                ReadOnlyMemory<byte>.Empty
            ),
        };
        if (await log.AppendAsync(request, cancellationToken) is AppendOutcome.Appended)
            logger.LogInformation("Torch was away since {Since:O}; deadlines stood still meanwhile", since);
    }
}
