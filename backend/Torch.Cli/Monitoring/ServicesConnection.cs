using System.CommandLine;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Torch.Agent;
using Torch.Cli.Client;
using Torch.Contracts;

namespace Torch.Cli.Monitoring;

/// <summary>What an agent takes for its server: the checks come from a file, the results are printed, and reported where there is a server.</summary>
internal sealed class ServicesConnection(IReadOnlyList<Service> services, ApiClient? client, ParseResult parsed)
    : IServerConnection
{
    private readonly IReadOnlyList<ScheduledCheck> _checks =
    [
        .. services.Select((s, i) => s.Scheduled(IdOf(i, s.Url))),
    ];
    private long _printed;

    // Nobody asks: the monitor's own lines say how it does.
    public Func<AgentCondition>? Condition { get; set; }

    public async IAsyncEnumerable<IReadOnlyList<ScheduledCheck>> ChecksAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        yield return _checks;
        await Task.Delay(Timeout.Infinite, cancellationToken);
    }

    public async IAsyncEnumerable<RunProbe> CommandsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        yield break;
    }

    // Nobody asks for trials here.
    public Task AnswerAsync(ProbeCompleted result, CancellationToken cancellationToken) => Task.CompletedTask;

    // Tried again where the server is away: printed once, and stored once by the batch's key.
    public async Task<long> DeliverAsync(ResultDelivery delivery, CancellationToken cancellationToken)
    {
        if (delivery.To > _printed)
            foreach (var result in delivery.Results)
                await parsed.SayAsync(Facts(result), Line(result));
        _printed = Math.Max(_printed, delivery.To);
        // What Torch could not judge says nothing of the service.
        var judged = delivery.Results.Where(r => r.Outcome != ProbeOutcome.Inconclusive).ToList();
        if (client is not null && judged.Count > 0)
        {
            var lines = string.Join('\n', judged.Select(r => Report(r).ToJsonString()));
            var key = IdOf(delivery.To, delivery.SpoolId.ToString());
            await client.PostLinesAsync("/api/v1/reports/batch", lines, key, cancellationToken);
        }
        return delivery.To;
    }

    private string NameOf(Guid check) => _checks.First(c => c.CheckId == check).Name;

    private string Line(ProbeCompleted result)
    {
        var how = result.Message is { } message ? $"  {message}" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{result.At:yyyy-MM-ddTHH:mm:ss.fffZ} {Word(result.Outcome)} {NameOf(result.CheckId)} {result.StatusCode} {result.Latency.Total:0.0} ms{how}"
        );
    }

    private object Facts(ProbeCompleted result) =>
        new
        {
            at = result.At,
            url = NameOf(result.CheckId),
            outcome = Word(result.Outcome),
            statusCode = result.StatusCode,
            milliseconds = result.Latency.Total,
            message = result.Message,
        };

    private JsonObject Report(ProbeCompleted result) =>
        new()
        {
            ["source"] = NameOf(result.CheckId) is { Length: > 200 } name ? name[..200] : NameOf(result.CheckId),
            ["value"] = result.Latency.Total,
            ["status"] = Word(result.Outcome),
            ["message"] = result.Message ?? string.Create(CultureInfo.InvariantCulture, $"{result.StatusCode}"),
            ["at"] = result.At.ToString("O", CultureInfo.InvariantCulture),
        };

    private static string Word(ProbeOutcome outcome) => outcome.ToString().ToLowerInvariant();

    private static Guid IdOf(long number, string text) =>
        new(
            SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{number} {text}")))[
                ..16
            ]
        );
}
