using Npgsql;
using NpgsqlTypes;
using Torch.EventStore;

namespace Torch.Server.Projecting;

/// <summary>The SQL of one batch of a projection, sent in one round trip.</summary>
internal sealed class Commands(ProjectionTarget target)
{
    private readonly NpgsqlBatch _commands = new(target.Connection, target.Transaction);

    /// <summary>Where the tables are.</summary>
    public string Schema => target.Schema;

    public void Add(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        _commands.BatchCommands.Add(command);
    }

    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        await using (_commands)
            if (_commands.BatchCommands.Count > 0)
                await _commands.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>Typed parameters in few letters.</summary>
internal static class Of
{
    public static NpgsqlParameter Id(Guid? value) => Make(NpgsqlDbType.Uuid, value);

    public static NpgsqlParameter Text(string? value) => Make(NpgsqlDbType.Text, value);

    public static NpgsqlParameter Flag(bool value) => Make(NpgsqlDbType.Boolean, value);

    public static NpgsqlParameter Number(long value) => Make(NpgsqlDbType.Bigint, value);

    public static NpgsqlParameter MaybeNumber(int? value) => Make(NpgsqlDbType.Integer, value);

    public static NpgsqlParameter MaybeLong(long? value) => Make(NpgsqlDbType.Bigint, value);

    public static NpgsqlParameter MaybeFlag(bool? value) => Make(NpgsqlDbType.Boolean, value);

    public static NpgsqlParameter Decimal(decimal value) => Make(NpgsqlDbType.Numeric, value);

    public static NpgsqlParameter Span(TimeSpan? value) => Make(NpgsqlDbType.Interval, value);

    public static NpgsqlParameter Time(DateTimeOffset value) => Make(NpgsqlDbType.TimestampTz, value.ToUniversalTime());

    public static NpgsqlParameter MaybeTime(DateTimeOffset? value) =>
        Make(NpgsqlDbType.TimestampTz, value?.ToUniversalTime());

    public static NpgsqlParameter Json(byte[]? value) => Make(NpgsqlDbType.Jsonb, value);

    public static NpgsqlParameter Texts(IEnumerable<string> values) => Many(NpgsqlDbType.Text, values);

    public static NpgsqlParameter MaybeTexts(IEnumerable<string?> values) => Many(NpgsqlDbType.Text, values);

    public static NpgsqlParameter Ids(IEnumerable<Guid> values) => Many(NpgsqlDbType.Uuid, values);

    public static NpgsqlParameter Numbers(IEnumerable<long> values) => Many(NpgsqlDbType.Bigint, values);

    public static NpgsqlParameter MaybeNumbers(IEnumerable<long?> values) => Many(NpgsqlDbType.Bigint, values);

    public static NpgsqlParameter MaybeDoubles(IEnumerable<double?> values) => Many(NpgsqlDbType.Double, values);

    public static NpgsqlParameter MaybeBytes(IEnumerable<byte[]?> values) => Many(NpgsqlDbType.Bytea, values);

    public static NpgsqlParameter Times(IEnumerable<DateTimeOffset> values) =>
        Many(NpgsqlDbType.TimestampTz, values.Select(v => v.ToUniversalTime()));

    public static NpgsqlParameter Flags(IEnumerable<bool> values) => Many(NpgsqlDbType.Boolean, values);

    public static NpgsqlParameter Jsons(IEnumerable<byte[]> values) => Many(NpgsqlDbType.Jsonb, values);

    private static NpgsqlParameter Make(NpgsqlDbType type, object? value) =>
        new() { NpgsqlDbType = type, Value = value ?? DBNull.Value };

    private static NpgsqlParameter Many<T>(NpgsqlDbType type, IEnumerable<T> values) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | type, Value = values.ToArray() };
}
