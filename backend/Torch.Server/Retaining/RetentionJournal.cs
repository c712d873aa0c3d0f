using Npgsql;
using Torch.Domain;
using Torch.Domain.Retention;
using Torch.EventStore;
using Torch.Server.Events;
using Torch.Server.Features;

namespace Torch.Server.Retaining;

/// <summary>Writes into the journal what retention has done, each thing once, also after a crash between the deed and its event.</summary>
internal sealed class RetentionJournal(EventLog log, NpgsqlDataSource db, TimeProvider time)
{
    private const string StreamType = "retention";

    /// <summary>The seals of the journal, oldest first.</summary>
    public async Task<IReadOnlyList<PartitionSealed>> SealsAsync(CancellationToken cancellationToken) =>
        [.. (await ReadAsync(cancellationToken)).OfType<PartitionSealed>()];

    public async Task SealedAsync(PartitionSealed sealing, CancellationToken cancellationToken)
    {
        var known = await ReadAsync(cancellationToken);
        if (!known.OfType<PartitionSealed>().Any(s => s.FromPosition == sealing.FromPosition))
            await AppendAsync(sealing, known.Count, cancellationToken);
    }

    /// <summary>Says of every sealed partition that is gone that it is.</summary>
    public async Task DroppedAsync(CancellationToken cancellationToken)
    {
        const string gone = $"""
            select name, from_position, to_position from {SealedTables.Schema}.partitions s
            where dropped_at is null and not exists (
                select from torch_log.telemetry_partitions p where p.from_position = s.from_position)
            order by from_position
            """;
        var dropped = await db.QueryAsync(
            gone,
            [],
            r => new PartitionDropped(r.GetString(0), r.GetInt64(1), r.GetInt64(2)),
            cancellationToken
        );
        foreach (var one in dropped)
        {
            var known = await ReadAsync(cancellationToken);
            if (!known.OfType<PartitionDropped>().Any(d => d.FromPosition == one.FromPosition))
                await AppendAsync(one, known.Count, cancellationToken);
            await using var mark = db.CreateCommand(
                $"update {SealedTables.Schema}.partitions set dropped_at = now() where from_position = $1"
            );
            mark.Parameters.Add(new NpgsqlParameter { Value = one.FromPosition });
            await mark.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    // Two events a day: even years of them are a short stream.
    private async Task<List<IEvent?>> ReadAsync(CancellationToken cancellationToken)
    {
        var events = new List<IEvent?>();
        var read = new StreamRead(Log.Journal, WellKnown.Retention);
        await foreach (var recorded in log.ReadStreamAsync(read, cancellationToken))
            events.Add(EventCodec.Decode(recorded));
        return events;
    }

    private async Task AppendAsync(IEvent @event, long version, CancellationToken cancellationToken)
    {
        var data = EventCodec.Encode(@event, Guid.CreateVersion7(time.GetUtcNow()));
        var append = new StreamAppend(Log.Journal, WellKnown.Retention, [data], StreamType, version);
        var outcome = await log.AppendAsync(new AppendRequest { Streams = [append] }, cancellationToken);
        if (outcome is not AppendOutcome.Appended)
            throw new InvalidOperationException($"retention's stream was written by somebody else: {outcome}");
    }
}
