using System.Globalization;
using Torch.Contracts;
using Torch.Domain;
using Torch.Domain.Checks;
using Torch.Domain.Pushes;
using Torch.EventStore;
using Torch.Server.Http;
using CheckKind = Torch.Domain.Checks.CheckKind;

namespace Torch.Server.Features.Pushes;

/// <summary>Healthchecks' pings: <c>/ping/{uuid}[/start|/fail|/log|/{exit code}]</c> and <c>/ping/{ping key}/{slug}[/...]</c>.</summary>
internal sealed class PushHealthchecks(
    PushKeys keys,
    Ingest ingest,
    UnfinishedRuns runs,
    JournalStreams streams,
    IEventLog log,
    TimeProvider time
)
{
    private static readonly TimeSpan NewPeriod = TimeSpan.FromDays(1);
    private static readonly TimeSpan NewGrace = TimeSpan.FromHours(1);

    /// <summary>Ping as to Healthchecks.</summary>
    /// <remarks>
    /// <c>GET</c> and <c>HEAD</c> do the same. The body is kept as the report's message, up to what <c>Ping-Body-Limit</c> says. <c>start</c> changes no status, but
    /// a start without an end within the check's grace is down; <c>log</c> only keeps the body.
    /// </remarks>
    /// <param name="token">The check's UUID, which is a push key's token; or the token of a push key with a prefix, followed by a slug.</param>
    /// <param name="second">The slug, or with a UUID what it says: <c>start</c>, <c>fail</c>, <c>log</c>, or an exit code.</param>
    /// <param name="third">With a slug, what it says.</param>
    /// <param name="rid">A UUID that pairs a start with its end.</param>
    /// <param name="create">1 creates the slug's check where there is none.</param>
    /// <response code="200">Durable.</response>
    /// <response code="201">Durable, and the check was created.</response>
    public static Task<IResult> Handle(
        string token,
        string? second,
        string? third,
        string? rid,
        string? create,
        HttpContext http,
        PushHealthchecks pings
    ) => pings.AnswerAsync(http, (token, second, third), rid, create == "1");

    private async Task<IResult> AnswerAsync(
        HttpContext http,
        (string Token, string? Second, string? Third) path,
        string? rid,
        bool mayCreate
    )
    {
        http.Response.Headers["Ping-Body-Limit"] = BodyLimits.TextBytes.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers.AccessControlAllowOrigin = "*";
        if (Ping.Read(path.Token, path.Second, path.Third) is not { } ping)
            return Ping.IsBadExitCode(path.Third ?? path.Second)
                ? Answer(400, "an exit code is 0 to 255")
                : Answer(404, "not found");
        if (!TryReadRun(rid, out var runId))
            return Answer(400, "rid must be a UUID");
        if (await SourceAsync(ping, http) is not { } source)
            return Answer(404, "not found");
        var created = false;
        if (ping.Slug is not null && !await streams.IsCheckAsync(CheckIds.OfSource(source), http.RequestAborted))
        {
            if (!mayCreate)
                return Answer(404, "not found");
            created = await CreateAsync(source, ping.Slug, http);
        }
        await TakeAsync(ping, source, runId, PushText.Clean(await http.ReadBytesAsync(BodyLimits.Bytes)));
        return created ? Answer(201, "Created") : Answer(200, "OK");
    }

    private async Task<string?> SourceAsync(Ping ping, HttpContext http)
    {
        if (await keys.FindAsync(ping.Token, http) is not { } key)
            return null;
        if (ping.Slug is not { } slug)
            return key.Source;
        var source = key.Prefix + slug;
        var isName = source.Length <= BodyLimits.NameCharacters && !slug.Any(char.IsControl) && slug.Trim().Length > 0;
        return key.Prefix is not null && isName ? source : null;
    }

    private Task TakeAsync(Ping ping, string source, Guid? runId, string? text)
    {
        var (checkId, now) = (CheckIds.OfSource(source), time.GetUtcNow());
        return ping.Kind switch
        {
            PingKind.Start => runs.BeginAsync(new RunStarted(checkId, source, now, runId, text)),
            PingKind.Log => ingest.NoteAsync(checkId, new NoteReceived(checkId, source, now, text ?? "")),
            _ => EndAsync(ping, source, runId, text),
        };
    }

    private async Task EndAsync(Ping ping, string source, Guid? runId, string? text)
    {
        var duration = await runs.DurationAsync(CheckIds.OfSource(source), runId);
        var said = ping.ExitCode is { } code and > 0
            ? $"exited with {code.ToString(CultureInfo.InvariantCulture)}" + (text is null ? "" : $"\n{text}")
            : text;
        await ingest.PushAsync(
            new ReportRequest(
                source,
                ping.ExitCode,
                ping.Kind == PingKind.Fail ? "down" : "up",
                PushText.Clean(said),
                MetricsOf(duration, ping.ExitCode)
            )
        );
        if (duration is not null)
            await runs.ForgetAsync(CheckIds.OfSource(source), runId);
    }

    private static Dictionary<string, double>? MetricsOf(TimeSpan? duration, int? exitCode)
    {
        var metrics = new Dictionary<string, double>();
        if (duration is { } took)
            metrics["duration"] = Math.Round(took.TotalSeconds, 3);
        if (exitCode is { } code)
            metrics["exitCode"] = code;
        return metrics.Count > 0 ? metrics : null;
    }

    // A check that another ping creates at the same moment is there.
    private async Task<bool> CreateAsync(string source, string slug, HttpContext http)
    {
        var id = CheckIds.OfSource(source);
        var (check, version) = await streams.CheckAsync(id, http.RequestAborted);
        var settings = new CheckSettings(
            slug,
            CheckKind.Heartbeat,
            Interval: NewPeriod,
            Grace: NewGrace,
            Source: source
        );
        var events = Check.Create(check, id, settings).EventsOrRefuse();
        var append = JournalStreams.OfCheck(id, events, version, EventHeaders.Of(http));
        var request = new AppendRequest { Streams = [append] };
        return await log.AppendAsync(request, http.RequestAborted) is AppendOutcome.Appended;
    }

    private static bool TryReadRun(string? rid, out Guid? runId)
    {
        runId = Guid.TryParseExact(rid, "D", out var id) ? id : null;
        return string.IsNullOrEmpty(rid) || runId is not null;
    }

    private static IResult Answer(int status, string text) => Results.Text(text, "text/plain", statusCode: status);
}
