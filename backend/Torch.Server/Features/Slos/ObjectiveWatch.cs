using System.Globalization;
using Npgsql;
using Torch.Contracts;
using Torch.Domain.Statuses;
using Torch.Server.Auth;
using Torch.Server.Evaluating;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Slos;

/// <summary>
/// Reports each minute how fast objectives spend their budgets, as a source <c>slo/&lt;id&gt;</c> where somebody has made a check of it: a
/// node that shows it, and its rules, treat a burn rate as they treat any report. Done by the server that leads.
/// </summary>
internal sealed class ObjectiveWatch(
    ReportMaking making,
    Ingest ingest,
    Evaluation evaluation,
    IReadPosition reads,
    NpgsqlDataSource db,
    TimeProvider time,
    ILogger<ObjectiveWatch> logger
) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private const string Watched = """
        select o.id, c.source from torch.objectives o join torch.checks c on c.source = 'slo/' || o.id::text
        where c.enabled order by o.id
        """;

    /// <summary>Reports all that are watched.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var watched = await db.QueryAsync(
            Watched,
            [],
            r => (Id: r.GetGuid(0), Source: r.GetString(1)),
            cancellationToken
        );
        foreach (var (id, source) in watched)
        {
            var now = Domain.Slo.Spans.Whole(time.GetUtcNow());
            var asked = new ReportAsked(id, reads.Position, IsPast: false, now, Subtree: false, Sight.Whole);
            if (await making.MakeAsync(asked, cancellationToken) is { } report)
                await ingest.AppendAsync([new(Guid.CreateVersion7(), Told(source, report))], null);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Interval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (evaluation.IsLeading && !stoppingToken.IsCancellationRequested)
                await TryAsync(stoppingToken);
        }
    }

    private async Task TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await LookAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The next leader goes on with it.
        }
        catch (Exception exception)
        {
            logger.LogWarning("Burn rates are reported again in a minute: {Reason}", exception.Message);
        }
    }

    private static ReportRequest Told(string source, ObjectiveReport report)
    {
        var metrics = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var burn in report.Burn)
        {
            Add(metrics, "burn." + Short(burn.Long), burn.Rate);
            Add(metrics, "burn." + Short(burn.Short), burn.ShortRate);
        }
        Add(metrics, "budget.left", report.Budget?.LeftPercent);
        Add(metrics, "availability", report.Availability);
        return new(
            source,
            (double?)report.Budget?.LeftPercent,
            StatusOf(report),
            Message(report),
            metrics,
            report.Objective.Name
        );
    }

    private static void Add(Dictionary<string, double> metrics, string name, decimal? value)
    {
        if (value is { } number)
            metrics[name] = (double)number;
    }

    private static string StatusOf(ObjectiveReport report) =>
        report.Availability is null ? StatusCatalog.Unknown
        : report.Burn.Any(b => b.Firing && b.Tier is "page") ? StatusCatalog.Down
        : report.Burn.Any(b => b.Firing) ? StatusCatalog.Degraded
        : StatusCatalog.Up;

    private static string Message(ObjectiveReport report) =>
        report.Burn.FirstOrDefault(b => b.Firing) is { } burn
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"The budget burns {burn.Rate:0.##} times as fast as it may over {Short(burn.Long)}, and {burn.ShortRate:0.##} over {Short(burn.Short)}; {burn.Threshold:0.##} is the limit ({burn.Tier})."
            )
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{report.Budget?.LeftPercent:0.##} % of the budget is left; it burns within its limits."
            );

    // 1h, 30m, 3d
    private static string Short(TimeSpan span) =>
        span switch
        {
            { TotalDays: >= 1 } => $"{span.Days}d",
            { TotalHours: >= 1 } => $"{span.Hours}h",
            _ => $"{span.Minutes}m",
        };
}
