using Npgsql;
using Torch.EventStore;
using Torch.Server.Agents;
using Torch.Server.Evaluating;
using Torch.Server.Features;
using Torch.Server.Live;
using Torch.Server.SystemLogs;

namespace Torch.Server.Measuring;

/// <summary>Takes this server's figures together: how much came since it was last asked, and how things stand.</summary>
internal sealed class Gathering(
    MeterReading meters,
    IngestCounter reports,
    IEvaluation evaluation,
    LiveAgents agents,
    LiveHub streams,
    LogCapture logs,
    SystemReading system,
    NpgsqlDataSource db,
    TimeProvider time
)
{
    // What came more than ten minutes after its time: see LateObservations.
    private const string Counts = """
        select (select count(*) from torch.late_observations where position > $1),
            (select count(*) from torch.incidents where ended_at is null),
            (select count(*) from torch.notice_deliveries where state = 'waiting')
        """;

    private sealed record Before(long Clock, long Reports, long Warnings, double CpuSeconds, long Head);

    private Before? _before;

    /// <summary>Begins to count.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        meters.Start();
        _before = Now((await system.ReadAsync(cancellationToken)).Head);
    }

    /// <summary>The figures of the time since it was last asked, and how many seconds that is.</summary>
    public async Task<(double Seconds, IReadOnlyDictionary<string, double> Figures)> TakeAsync(
        CancellationToken cancellationToken
    )
    {
        var before = _before ?? throw new InvalidOperationException("it was not started");
        var facts = await system.ReadAsync(cancellationToken);
        var (late, incidents, notices) = (
            await db.QueryAsync(
                Counts,
                [before.Head],
                r => (r.GetInt64(0), r.GetInt64(1), r.GetInt64(2)),
                cancellationToken
            )
        )[0];
        // Nothing fails from here on: what was counted is either told or still counted.
        var now = Now(facts.Head);
        _before = now;
        var seconds = Math.Max(0.001, time.GetElapsedTime(before.Clock, now.Clock).TotalSeconds);
        var figures = new Figures(seconds);
        Add(figures, before, now);
        AddMeters(figures);
        AddAgents(figures);
        figures.Add(Figure.EvaluationLag, Math.Max(0, facts.Head - evaluation.Position));
        figures.Add(Figure.ProjectionLag, Furthest(facts.Head, facts.Checkpoints));
        figures.PerMinute(Figure.Late, late);
        figures.Add(Figure.Incidents, incidents);
        figures.Add(Figure.Notices, notices);
        figures.Add(Figure.Journal, facts.Storage.JournalBytes);
        figures.Add(Figure.Telemetry, facts.Storage.TelemetryBytes);
        figures.Add(Figure.Database, facts.Storage.DatabaseBytes);
        return (Math.Round(seconds, 3), figures.All);
    }

    private void Add(Figures figures, Before before, Before now)
    {
        figures.PerSecond(Figure.Reports, now.Reports - before.Reports);
        figures.PerSecond(Figure.Cpu, now.CpuSeconds - before.CpuSeconds);
        figures.PerMinute(Figure.Warnings, now.Warnings - before.Warnings);
        figures.Add(Figure.Memory, Environment.WorkingSet);
        figures.Add(Figure.Heap, GC.GetTotalMemory(forceFullCollection: false));
        figures.Add(Figure.Streams, streams.Open);
    }

    private void AddMeters(Figures figures)
    {
        var (times, counts) = meters.Take();
        var appends = times.GetValueOrDefault(EventLog.AppendDuration);
        figures.Milliseconds(Figure.AppendP50, appends?.Quantile(0.5));
        figures.Milliseconds(Figure.AppendP99, appends?.Quantile(0.99));
        figures.Milliseconds(
            Figure.EvaluationP99,
            times.GetValueOrDefault("torch.evaluation.duration")?.Quantile(0.99)
        );
        figures.PerSecond(Figure.Results, counts.GetValueOrDefault("torch.results.accepted"));
        figures.PerMinute(Figure.Refused, counts.GetValueOrDefault("torch.requests.refused"));
        figures.PerMinute(Figure.Failed, counts.GetValueOrDefault("torch.requests.failed"));
    }

    // Only the server that hands out work knows the agents.
    private void AddAgents(Figures figures)
    {
        if (!agents.IsOpen)
            return;
        var (live, waiting, lateP99) = agents.Summary();
        figures.Add(Figure.Agents, live);
        figures.Add(Figure.Spool, waiting);
        figures.Add(Figure.Lateness, lateP99);
    }

    private static long Furthest(long head, IReadOnlyDictionary<string, long> checkpoints) =>
        checkpoints
            .Where(c => c.Key.EndsWith(":All", StringComparison.Ordinal) && c.Key != TransitionWriter.Projection)
            .Select(c => Math.Max(0, head - c.Value))
            .DefaultIfEmpty()
            .Max();

    private Before Now(long head) =>
        new(
            time.GetTimestamp(),
            reports.Count,
            logs.Counts.Where(c => c.Key.Level >= LogLevel.Warning).Sum(c => c.Value),
            Environment.CpuUsage.TotalTime.TotalSeconds,
            head
        );

    /// <summary>Figures of a span, rounded to what matters.</summary>
    private sealed class Figures(double seconds)
    {
        private readonly Dictionary<string, double> _all = new(StringComparer.Ordinal);

        public IReadOnlyDictionary<string, double> All => _all;

        public void Add(string name, double? value)
        {
            if (value is { } known && double.IsFinite(known))
                _all[name] = Math.Round(known, 3);
        }

        public void Milliseconds(string name, double? time) => Add(name, time * 1000);

        public void PerSecond(string name, double number) => Add(name, number / seconds);

        public void PerMinute(string name, double number) => Add(name, number / seconds * 60);
    }
}
