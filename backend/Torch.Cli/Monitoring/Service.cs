using System.Text.Json.Serialization;
using Torch.Contracts;

namespace Torch.Cli.Monitoring;

/// <summary>A service of the Universal Monitoring Tool's file.</summary>
/// <param name="Url">http or https, at most 2,083 characters.</param>
/// <param name="Method">GET, POST, HEAD or OPTIONS.</param>
/// <param name="CheckRegex">True: the body must match <paramref name="Regex"/>.</param>
/// <param name="IntervalSec">5 to 300 seconds.</param>
/// <param name="Timeout">Seconds, more than 0 and at most 300.</param>
internal sealed record Service(
    [property: JsonPropertyName("url")] string Url,
    [property: JsonPropertyName("method")] string Method = "GET",
    [property: JsonPropertyName("check_regex")] bool CheckRegex = false,
    [property: JsonPropertyName("regex")] string? Regex = null,
    [property: JsonPropertyName("interval_sec")] double IntervalSec = 5,
    [property: JsonPropertyName("timeout")] double Timeout = 15
)
{
    /// <summary>As an agent schedules it.</summary>
    /// <param name="id">Stays the same for the same place in the file.</param>
    public ScheduledCheck Scheduled(Guid id) =>
        new(
            id,
            1,
            Url,
            CheckKind.Http,
            TimeSpan.FromSeconds(IntervalSec),
            TimeSpan.FromSeconds(Timeout),
            new ProbeSettings(
                Http: new HttpSettings(Url, Method, Expect: CheckRegex ? new HttpExpectation(BodyMatches: Regex) : null)
            )
        );
}
