using Npgsql;
using Torch.EventStore.Reading;

namespace Torch.EventStore.Projecting;

/// <summary>Folds a parked stream page by page behind a savepoint, to which the first event that still cannot be folded leads back.</summary>
internal sealed class ParkedRetrial(FoldSession session, FoldTarget target, Guid streamId)
{
    private const string Savepoint = "retry";
    private const string PageSavepoint = "page";
    private const int PageSize = 1_000;

    public async Task<ParkedRetry> RunAsync(CancellationToken cancellationToken)
    {
        await session.Transaction.SaveAsync(Savepoint, cancellationToken);
        long folded = 0;
        for (long after = 0; ; )
        {
            var (parked, events) = await PageAsync(after, cancellationToken);
            if (parked.Count == 0)
                return await EndAsync(folded, cancellationToken);
            if (await FailureAsync(parked, events, cancellationToken) is { } failed)
                return failed;
            (after, folded) = (parked[^1], folded + parked.Count);
        }
    }

    private async Task<ParkedRetry> EndAsync(long folded, CancellationToken cancellationToken)
    {
        if (folded == 0)
            return new ParkedRetry.NotParked();
        await ExecuteAsync(
            "delete from torch_log.parked_events where projection = $1 and stream_id = $2",
            [target.Name, streamId],
            cancellationToken
        );
        return new ParkedRetry.Folded(folded);
    }

    private async Task<ParkedRetry.Failed?> FailureAsync(
        List<long> parked,
        List<RecordedEvent> events,
        CancellationToken cancellationToken
    )
    {
        var known = events.Select(e => e.Position).ToHashSet();
        if (parked.Find(p => !known.Contains(p)) is > 0 and var gone)
            return await FailAsync(gone, "the log no longer holds it; a rebuild starts without it", cancellationToken);
        if (await TryAsync(events, cancellationToken) is null)
            return null;
        // One by one, to tell which of them it is.
        foreach (var @event in events)
            if (await TryAsync([@event], cancellationToken) is { } error)
                return await FailAsync(@event.Position, ParkedEvents.Text(error)!, cancellationToken);
        return null;
    }

    private async Task<Exception?> TryAsync(IReadOnlyList<RecordedEvent> events, CancellationToken cancellationToken)
    {
        await session.Transaction.SaveAsync(PageSavepoint, cancellationToken);
        try
        {
            await session.ApplyAsync(target, events, cancellationToken);
            return null;
        }
        catch (Exception exception) when (FoldFaults.IsOfTheEvents(exception, cancellationToken))
        {
            await session.Transaction.RollbackAsync(PageSavepoint, cancellationToken);
            return exception;
        }
    }

    // Where it stopped may not be where it stopped before: the error stands with the first of the stream all the same.
    private async Task<ParkedRetry.Failed> FailAsync(long position, string error, CancellationToken cancellationToken)
    {
        await session.Transaction.RollbackAsync(Savepoint, cancellationToken);
        const string sql = """
            update torch_log.parked_events set error = $4, parked_at = now()
            where projection = $1 and stream_id = $2 and error is not null and position <= $3
            """;
        var text = $"at {position}: {error}";
        await ExecuteAsync(sql, [target.Name, streamId, position, text], cancellationToken);
        return new ParkedRetry.Failed(position, error);
    }

    private async Task<(List<long> Parked, List<RecordedEvent> Events)> PageAsync(
        long after,
        CancellationToken cancellationToken
    )
    {
        const string positions = """
            select position from torch_log.parked_events where projection = $1 and stream_id = $2 and position > $3
            order by position limit $4
            """;
        var parked = new List<long>();
        await using (var command = Command(positions, [target.Name, streamId, after, PageSize]))
        await using (var rows = await command.ExecuteReaderAsync(cancellationToken))
            while (await rows.ReadAsync(cancellationToken))
                parked.Add(rows.GetInt64(0));
        return (parked, await EventsAsync(parked, cancellationToken));
    }

    private async Task<List<RecordedEvent>> EventsAsync(List<long> positions, CancellationToken cancellationToken)
    {
        var parts = new[] { Log.Journal, Log.Telemetry }.Select(log =>
            $"select {Reads.Columns(log)} from {log.Schema()}.mt_events where seq_id = any ($1)"
        );
        var events = new List<RecordedEvent>();
        await using var command = Command(
            string.Join(" union all ", parts) + " order by seq_id",
            [positions.ToArray()]
        );
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            events.Add(Reads.Event(rows));
        return events;
    }

    private async Task ExecuteAsync(string sql, object[] arguments, CancellationToken cancellationToken)
    {
        await using var command = Command(sql, arguments);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private NpgsqlCommand Command(string sql, object[] arguments)
    {
        var command = new NpgsqlCommand(sql, session.Connection, session.Transaction);
        foreach (var argument in arguments)
            command.Parameters.Add(new NpgsqlParameter { Value = argument });
        return command;
    }
}
