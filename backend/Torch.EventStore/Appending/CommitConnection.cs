using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace Torch.EventStore.Appending;

/// <summary>The writer's own connection: one prepared statement, one round trip per commit.</summary>
internal sealed class CommitConnection : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlCommand _command;

    private CommitConnection(NpgsqlConnection connection, NpgsqlCommand command, string name)
    {
        _connection = connection;
        _command = command;
        Name = name;
    }

    /// <summary>Its <c>application_name</c>, unique, by which a backend whose answer never came is found.</summary>
    public string Name { get; }

    public int ProcessId => _connection.ProcessID;

    public static async Task<CommitConnection> OpenAsync(
        NpgsqlDataSource dataSource,
        EventLogOptions options,
        CancellationToken cancellationToken
    )
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.OpenTimeout);
        var connection = await dataSource.OpenConnectionAsync(limit.Token);
        try
        {
            var name = "torch-writer-" + Guid.CreateVersion7().ToString("N");
            await SetUpAsync(connection, name, options, cancellationToken);
            var command = AppendCommand(connection, options);
            await command.PrepareAsync(cancellationToken);
            return new CommitConnection(connection, command, name);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async Task<GroupCommitResult> ExecuteAsync(GroupCommit commit, CancellationToken cancellationToken)
    {
        Fill(commit);
        await using var reader = await _command.ExecuteReaderAsync(cancellationToken);
        var result = await GroupCommitResult.ReadAsync(reader, cancellationToken);
        // The row arrives before the commit; only the end of the answer says that it is durable.
        while (await reader.NextResultAsync(cancellationToken)) { }
        return result;
    }

    /// <summary>The last position drawn by anybody: whatever this connection will append comes after it.</summary>
    public async Task<long> LastDrawnAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select last_value from torch_log.positions", _connection);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public async ValueTask DisposeAsync()
    {
        await _command.DisposeAsync();
        await _connection.DisposeAsync();
    }

    // Joins are by key whatever the statistics say: right after a bulk load they say little. Ten thousand events need not go by way of a
    // file to be unnested.
    private static async Task SetUpAsync(
        NpgsqlConnection connection,
        string name,
        EventLogOptions options,
        CancellationToken cancellationToken
    )
    {
        var limit = ((long)options.Timeout.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        var sql = $"""
            set application_name = '{name}'; set statement_timeout = {limit}; set lock_timeout = {limit};
            set idle_in_transaction_session_timeout = {limit}; set tcp_user_timeout = {limit}; set jit = off;
            set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off; set plan_cache_mode = force_generic_plan;
            set work_mem = '64MB';
            """;
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlCommand AppendCommand(NpgsqlConnection connection, EventLogOptions options)
    {
        var command = new NpgsqlCommand { Connection = connection };
        command.CommandTimeout = (int)Math.Ceiling(options.Timeout.TotalSeconds) + 1;
        foreach (var type in ParameterTypes)
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type });
        var arguments = string.Join(", ", Enumerable.Range(1, ParameterTypes.Length).Select(i => "$" + i));
        command.CommandText = $"""
            select a.first_position, a.at, a.versions_before, a.head, r.members, r.kinds, r.numbers, r.appends, r.answers
            from torch_log.append({arguments}) a
            cross join lateral (
                select array_agg(x.member), array_agg(x.kind), array_agg(x.number), array_agg(x.append), array_agg(x.answer)
                from unnest(a.refusals) x
            ) r (members, kinds, numbers, appends, answers)
            """;
        return command;
    }

    private static NpgsqlDbType ArrayOf(NpgsqlDbType type) => NpgsqlDbType.Array | type;

    private static readonly NpgsqlDbType[] ParameterTypes =
    [
        ArrayOf(NpgsqlDbType.Smallint),
        ArrayOf(NpgsqlDbType.Uuid),
        ArrayOf(NpgsqlDbType.Text),
        ArrayOf(NpgsqlDbType.Integer),
        ArrayOf(NpgsqlDbType.Integer),
        ArrayOf(NpgsqlDbType.Integer),
        ArrayOf(NpgsqlDbType.Integer),
        ArrayOf(NpgsqlDbType.Bigint),
        ArrayOf(NpgsqlDbType.Integer),
        ArrayOf(NpgsqlDbType.Text),
        ArrayOf(NpgsqlDbType.Text),
        ArrayOf(NpgsqlDbType.Bytea),
        ArrayOf(NpgsqlDbType.Bytea),
        ArrayOf(NpgsqlDbType.Integer),
        ArrayOf(NpgsqlDbType.Integer),
        ArrayOf(NpgsqlDbType.Text),
        ArrayOf(NpgsqlDbType.Bigint),
        ArrayOf(NpgsqlDbType.Bigint),
        ArrayOf(NpgsqlDbType.Integer),
        ArrayOf(NpgsqlDbType.Uuid),
        ArrayOf(NpgsqlDbType.Bigint),
        ArrayOf(NpgsqlDbType.Bigint),
        ArrayOf(NpgsqlDbType.Integer),
        ArrayOf(NpgsqlDbType.Integer),
        ArrayOf(NpgsqlDbType.Integer),
        ArrayOf(NpgsqlDbType.Uuid),
        ArrayOf(NpgsqlDbType.Text),
        ArrayOf(NpgsqlDbType.Jsonb),
        ArrayOf(NpgsqlDbType.Text),
        ArrayOf(NpgsqlDbType.Text),
        ArrayOf(NpgsqlDbType.Jsonb),
        NpgsqlDbType.Integer,
        NpgsqlDbType.Boolean,
    ];

    private void Fill(GroupCommit c)
    {
        var hasMetadata = c.EventMetadata.Exists(m => m is not null);
        object?[] values =
        [
            c.SlotLogs,
            c.SlotIds,
            c.SlotTypes,
            c.SlotCounts,
            c.AppendMembers,
            c.AppendSlots,
            c.AppendCounts,
            c.HasExpectedVersions ? c.AppendExpected : null,
            c.KeyMembers.Count > 0 ? c.KeyMembers : null,
            c.KeyScopes,
            c.KeyValues,
            c.KeyHashes,
            c.KeyAnswers,
            c.KeyOffsets,
            c.MoveMembers.Count > 0 ? c.MoveMembers : null,
            c.MoveNames,
            c.MoveFroms,
            c.MoveTos,
            c.OffsetMembers.Count > 0 ? c.OffsetMembers : null,
            c.OffsetSpools,
            c.OffsetFroms,
            c.OffsetTos,
            c.EventMembers,
            c.EventSlots,
            c.EventOrdinals,
            c.EventIds,
            c.EventTypes,
            c.EventData,
            hasMetadata ? c.EventMetadata.ConvertAll(m => m?.CorrelationId) : null,
            hasMetadata ? c.EventMetadata.ConvertAll(m => m?.CausationId) : null,
            hasMetadata ? c.EventMetadata.ConvertAll(HeadersJson.Write) : null,
            c.Members.Count,
            c.WantsHead,
        ];
        for (var i = 0; i < values.Length; i++)
            _command.Parameters[i].Value = values[i] ?? DBNull.Value;
    }
}
