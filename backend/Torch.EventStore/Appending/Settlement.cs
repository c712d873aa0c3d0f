using Npgsql;
using NpgsqlTypes;

namespace Torch.EventStore.Appending;

/// <summary>Finds out what became of a commit whose answer never came: by its ids, never by guessing.</summary>
internal static class Settlement
{
    /// <summary>Completes the members that did commit and returns the others, which certainly did not and never will.</summary>
    /// <param name="after">A position that was drawn before the commit was sent.</param>
    public static async Task<List<PendingAppend>> SettleAsync(
        NpgsqlDataSource dataSource,
        string writerName,
        IReadOnlyList<PendingAppend> members,
        long after,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await EndBackendAsync(connection, writerName, cancellationToken);
        var written = await WrittenAsync(connection, members, after, cancellationToken);
        var undecided = new List<PendingAppend>();
        foreach (var member in members)
        {
            if (await OutcomeAsync(connection, member.Request, written, cancellationToken) is { } outcome)
                member.Complete(outcome);
            else
                undecided.Add(member);
        }
        return undecided;
    }

    // While the old backend lives it may still commit. Once it is gone, what is not there will never be.
    private static async Task EndBackendAsync(
        NpgsqlConnection connection,
        string writerName,
        CancellationToken cancellationToken
    )
    {
        const string sql =
            "select coalesce(bool_and(pg_terminate_backend(pid, 5000)), true) from pg_stat_activity where application_name = $1";
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = writerName } } };
        if (await command.ExecuteScalarAsync(cancellationToken) is not true)
            throw new LogUnavailableException("the backend of an unanswered commit does not end");
    }

    private sealed record Written(long Position, long Version, DateTimeOffset Timestamp);

    private static async Task<Dictionary<Guid, Written>> WrittenAsync(
        NpgsqlConnection connection,
        IReadOnlyList<PendingAppend> members,
        long after,
        CancellationToken cancellationToken
    )
    {
        const string sql = """
            select id, seq_id, version, timestamp from journal.mt_events where seq_id > $1 and id = any ($2)
            union all
            select id, seq_id, version, timestamp from telemetry.mt_events where seq_id > $1 and id = any ($2)
            """;
        var ids = members.SelectMany(m => m.Request.Streams).SelectMany(s => s.Events).Select(e => e.Id).ToArray();
        await using var command = new NpgsqlCommand(sql, connection)
        {
            Parameters =
            {
                new() { Value = after },
                new() { Value = ids, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var written = new Dictionary<Guid, Written>();
        while (await reader.ReadAsync(cancellationToken))
            written[reader.GetGuid(0)] = new(reader.GetInt64(1), reader.GetInt64(2), new(reader.GetDateTime(3)));
        return written;
    }

    private static async Task<AppendOutcome?> OutcomeAsync(
        NpgsqlConnection connection,
        AppendRequest request,
        Dictionary<Guid, Written> written,
        CancellationToken cancellationToken
    )
    {
        var last = request.Streams.SelectMany(s => s.Events).LastOrDefault();
        if (last is null)
            return await MovedAsync(connection, request, cancellationToken);
        if (!written.TryGetValue(last.Id, out var end))
            return null;
        var versions = request.Streams.Select(s =>
            s.Events.Count == 0 ? s.ExpectedVersion!.Value : written[s.Events[^1].Id].Version
        );
        return new AppendOutcome.Appended(end.Position, end.Timestamp, versions.ToList());
    }

    // A member without events is told by its checkpoint. One that only asserts a version may simply be asked again.
    private static async Task<AppendOutcome?> MovedAsync(
        NpgsqlConnection connection,
        AppendRequest request,
        CancellationToken cancellationToken
    )
    {
        if (request.Checkpoint is not { } move)
            return null;
        const string sql = """
            select torch_log.head(), last_updated from journal.mt_event_progression where name = $1 and last_seq_id = $2
            """;
        await using var command = new NpgsqlCommand(sql, connection)
        {
            Parameters =
            {
                new() { Value = move.Projection },
                new() { Value = move.To },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
            return null;
        var versions = request.Streams.Select(s => s.ExpectedVersion!.Value).ToList();
        return new AppendOutcome.Appended(reader.GetInt64(0), new(reader.GetDateTime(1)), versions);
    }
}
