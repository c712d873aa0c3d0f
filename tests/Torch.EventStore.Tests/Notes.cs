using Npgsql;

namespace Torch.EventStore.Tests;

/// <summary>Writes down the position of every event it sees; throws on those it is told to.</summary>
internal sealed class Notes(string name, string[]? types = null) : IProjection
{
    public string Name => name;

    public IReadOnlySet<string>? Types => types?.ToHashSet();

    public IReadOnlyList<string> Tables => ["seen"];

    public Func<RecordedEvent, bool> Poison { get; set; } = _ => false;

    public static Task CreateTableAsync(TestDatabase database) =>
        database.ExecuteAsync(
            """
            create schema torch;
            create table torch.seen (projection text, position bigint, stream uuid, note text not null default 'seen',
                constraint seen_key primary key (projection, position)) with (fillfactor = 80);
            create index seen_by_stream on torch.seen (stream, position) where stream is not null;
            """
        );

    public async Task ApplyAsync(ProjectionBatch batch, CancellationToken cancellationToken)
    {
        if (batch.Events.FirstOrDefault(Poison) is { } poison)
            throw new InvalidOperationException($"cannot fold {poison.Position}");
        var sql = $"insert into {batch.Schema}.seen select $1, * from unnest($2, $3)";
        await using var command = new NpgsqlCommand(sql, batch.Connection, batch.Transaction)
        {
            Parameters =
            {
                new() { Value = name },
                new() { Value = batch.Events.Select(e => e.Position).ToArray() },
                new() { Value = batch.Events.Select(e => e.StreamId).ToArray() },
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
