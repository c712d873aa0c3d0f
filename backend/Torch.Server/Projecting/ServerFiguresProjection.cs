using System.Text.Json;
using Npgsql;
using Torch.Domain.Servers;
using Torch.EventStore;
using Torch.Server.Events;
using Torch.Server.Measuring;
using Torch.Server.Retaining;

namespace Torch.Server.Projecting;

/// <summary><c>torch.server_figures</c>: what servers said of themselves, per minute, quarter of an hour and day.</summary>
internal sealed class ServerFiguresProjection : ISealedProjection
{
    private sealed record Key(int Level, DateTimeOffset Bucket, string Server);

    public string Name => "ServerFigures:All";

    public IReadOnlySet<string> Types { get; } =
        new HashSet<string>(StringComparer.Ordinal) { EventCodec.AliasOf<ServerMeasured>() };

    public Log? Source => Log.Telemetry;

    public IReadOnlyList<string> Tables { get; } = ["server_figures"];

    public Task<long> SeedAsync(ProjectionTarget target, CancellationToken cancellationToken) =>
        SealedTables.CopyAsync(target, "server_figures", cancellationToken);

    public async Task ApplyAsync(ProjectionBatch batch, CancellationToken cancellationToken)
    {
        var events = batch.Events.Select(e => (Recorded: e, Event: Read(e))).ToList();
        var rows = await HeldAsync(batch, [.. events.SelectMany(e => KeysOf(e.Recorded, e.Event))], cancellationToken);
        // One after the other, whatever page they came with: the same doubles are added in the same order.
        foreach (var (recorded, measured) in events)
        foreach (var key in KeysOf(recorded, measured))
            FigureSums.Add(rows, key, measured.Figures);
        var commands = new Commands(batch);
        Write(commands, rows);
        if (events.Count > 0)
            Forget(commands, events[^1].Recorded.Timestamp);
        await commands.ExecuteAsync(cancellationToken);
    }

    private static ServerMeasured Read(RecordedEvent recorded) =>
        EventCodec.Decode(recorded) as ServerMeasured
        ?? throw new JsonException($"{recorded.Type} at {recorded.Position} holds no event");

    private static IEnumerable<Key> KeysOf(RecordedEvent recorded, ServerMeasured measured) =>
        RollupLevels.All.Select(level => new Key(
            level,
            RollupLevels.Floor(recorded.Timestamp, level),
            measured.Server
        ));

    private static async Task<Dictionary<Key, FigureSums>> HeldAsync(
        ProjectionTarget target,
        IReadOnlyList<Key> keys,
        CancellationToken cancellationToken
    )
    {
        var sql = $"""
            select f.level_minutes, f.bucket, f.server, f.figures::text from {target.Schema}.server_figures f
            join (select distinct * from unnest($1::integer[], $2, $3)) as k (level, bucket, server)
                on f.level_minutes = k.level and f.bucket = k.bucket and f.server = k.server
            """;
        await using var command = new NpgsqlCommand(sql, target.Connection, target.Transaction);
        command.Parameters.Add(Of.Numbers(keys.Select(k => (long)k.Level)));
        command.Parameters.Add(Of.Times(keys.Select(k => k.Bucket)));
        command.Parameters.Add(Of.Texts(keys.Select(k => k.Server)));
        var held = new Dictionary<Key, FigureSums>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            held.Add(
                new(rows.GetInt32(0), rows.GetFieldValue<DateTimeOffset>(1), rows.GetString(2)),
                FigureSums.Parse(rows.GetString(3))
            );
        return held;
    }

    private static void Write(Commands commands, Dictionary<Key, FigureSums> rows)
    {
        var ordered = rows.OrderBy(r => (r.Key.Level, r.Key.Bucket))
            .ThenBy(r => r.Key.Server, StringComparer.Ordinal)
            .ToList();
        commands.Add(
            $"""
            insert into {commands.Schema}.server_figures (level_minutes, bucket, server, figures)
            select level, bucket, server, figures from unnest($1::integer[], $2, $3, $4) as f (level, bucket, server, figures)
            on conflict (level_minutes, bucket, server) do update set figures = excluded.figures
            """,
            Of.Numbers(ordered.Select(r => (long)r.Key.Level)),
            Of.Times(ordered.Select(r => r.Key.Bucket)),
            Of.Texts(ordered.Select(r => r.Key.Server)),
            Of.Jsons(ordered.Select(r => r.Value.ToJson()))
        );
    }

    private static void Forget(Commands commands, DateTimeOffset at)
    {
        foreach (var level in RollupLevels.All)
            if (FigureSums.KeptFor(level) is { } kept)
                commands.Add(
                    $"delete from {commands.Schema}.server_figures where level_minutes = $1 and bucket < $2",
                    Of.MaybeNumber(level),
                    Of.Time(RollupLevels.Floor(at - kept, level))
                );
    }
}
