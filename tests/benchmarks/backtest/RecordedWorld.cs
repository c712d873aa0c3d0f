using System.Globalization;
using Npgsql;
using Torch.Domain;
using Torch.Domain.Checks;
using Torch.Domain.Nodes;
using Torch.EventStore;
using Torch.Server.Events;

namespace Torch.Benchmarks.Backtest;

/// <summary>A group of 1,000 leaves with 30 days of transitions, and observations of 100 of them, all moved into the past.</summary>
internal sealed class RecordedWorld(EventLog log, NpgsqlDataSource db)
{
    public const int Leaves = 1_000;
    public const int Observed = 100;
    private const int PerCommit = 2_000;

    public Guid Group { get; } = Guid.CreateVersion7();

    public Guid[] Leaf { get; } = [.. Enumerable.Range(0, Leaves).Select(_ => Guid.CreateVersion7())];

    public DateTimeOffset Start { get; private set; }

    public DateTimeOffset End => Start.AddDays(30).AddHours(1);

    public async Task BuildAsync(int observations, int perLeaf)
    {
        Start = DateTimeOffset.UtcNow.AddDays(-31);
        await AppendAsync(Log.Journal, Group, new NodeCreated(Group, "group", null, []));
        await AppendAsync(Log.Journal, WellKnown.Topology, new NodeAdded(Group));
        for (var i = 0; i < Leaves; i++)
            await LeafAsync(i);
        await ExecuteAsync("alter table journal.mt_events disable trigger append_only");
        await ExecuteAsync("update journal.mt_events set timestamp = $1", Start.AddMinutes(-1));
        await ExecuteAsync("alter table journal.mt_events enable trigger append_only");
        for (var done = 0; done < observations; done += PerCommit)
            await ObserveAsync(done, Math.Min(PerCommit, observations - done), observations);
        await ExecuteAsync("update telemetry.mt_events set timestamp = (data->>'at')::timestamptz where data ? 'at'");
        await TransitionsAsync(perLeaf);
        await ExecuteAsync("analyze");
    }

    private async Task LeafAsync(int i)
    {
        await AppendAsync(Log.Journal, Leaf[i], new NodeCreated(Leaf[i], Name(i), CheckIds.OfSource(Name(i)), []));
        await AppendAsync(Log.Journal, WellKnown.Topology, new ChildLinked(Group, Leaf[i]));
    }

    // Ten seconds apart per check.
    private async Task ObserveAsync(int first, int count, int all)
    {
        var streams = Enumerable
            .Range(first, count)
            .GroupBy(n => n % Observed)
            .Select(g => new StreamAppend(
                Log.Telemetry,
                CheckIds.OfSource(Name(g.Key)),
                [.. g.Select(n => EventCodec.Encode(Report(n, all), Guid.CreateVersion7()))],
                "bench"
            ));
        await log.AppendAsync(new AppendRequest { Streams = [.. streams] }, CancellationToken.None);
    }

    private ReportReceived Report(int n, int all) =>
        new(
            CheckIds.OfSource(Name(n % Observed)),
            Name(n % Observed),
            Start.AddSeconds(1 + (double)n / all * 3_000),
            n / Observed % 100,
            n % 97 == 0 ? "down" : null
        );

    private Task TransitionsAsync(int perLeaf) =>
        ExecuteAsync(
            $"""
            insert into torch.transitions (node_id, position, ordinal, at, from_status, to_status, why, recorded_at)
            select id, 1000000000 + n, 0, at, case n % 2 when 0 then 'up' else 'down' end, case n % 2 when 0 then 'down' else 'up' end,
                jsonb_build_object('sentence', 'The node is what it is because its check said so.'), at
            from (
                select id, n, $1 + (n + random()) * interval '30 days' / {perLeaf.ToString(
                CultureInfo.InvariantCulture
            )} as at
                from unnest($2) as l (id), generate_series(0, {(perLeaf - 1).ToString(
                CultureInfo.InvariantCulture
            )}) as n) t
            """,
            Start,
            Leaf
        );

    private async Task AppendAsync(Log which, Guid stream, IEvent @event)
    {
        var data = EventCodec.Encode(@event, Guid.CreateVersion7());
        await log.AppendAsync(
            new AppendRequest { Streams = [new StreamAppend(which, stream, [data], "bench")] },
            CancellationToken.None
        );
    }

    private async Task ExecuteAsync(string sql, params object[] arguments)
    {
        await using var command = db.CreateCommand(sql);
        command.CommandTimeout = 0;
        foreach (var argument in arguments)
            command.Parameters.Add(new NpgsqlParameter { Value = argument });
        await command.ExecuteNonQueryAsync();
    }

    private static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"leaf {i}");
}
