using Torch.Contracts;
using Model = Torch.Domain.Checks;

namespace Torch.Server.Agents;

/// <summary>A probe's result between an agent's words and the domain's.</summary>
internal static class ProbeMapping
{
    /// <summary>As the log holds it. What a target sent may contain NUL, which PostgreSQL refuses: it becomes U+FFFD.</summary>
    /// <param name="location">Null for the default one.</param>
    /// <param name="isStale">Another agent held the check by then.</param>
    public static Model.ProbeCompleted Event(ProbeCompleted probe, string? location = null, bool isStale = false) =>
        new(
            probe.CheckId,
            probe.RunId,
            probe.At.ToUniversalTime(),
            Outcome(probe.Outcome),
            Sound(probe.Cause),
            Sound(probe.Message),
            probe.StatusCode,
            Sound(probe.HttpVersion),
            Sound(probe.Address),
            Event(probe.Latency),
            Event(probe.Certificate),
            Sound(probe.Headers),
            Sound(probe.Text),
            probe.BodyBytes,
            probe.LatenessMs,
            Sound(probe.Agent)!,
            probe.Measures is { Count: > 0 } measures ? measures : null,
            probe.Texts is { Count: > 0 } ? Sound(probe.Texts) : null,
            location,
            isStale ? true : null
        );

    private static string Outcome(ProbeOutcome outcome) =>
        outcome switch
        {
            ProbeOutcome.Up => "up",
            ProbeOutcome.Down => "down",
            _ => "inconclusive",
        };

    private static Model.Latency Event(Latency latency) =>
        new(latency.Resolve, latency.Connect, latency.Tls, latency.FirstByte, latency.Transfer, latency.Total);

    private static Model.Certificate? Event(Certificate? certificate) =>
        certificate is null
            ? null
            : new(
                Sound(certificate.Subject)!,
                Sound(certificate.Issuer)!,
                certificate.NotAfter.ToUniversalTime(),
                certificate.DaysLeft
            );

    private static Dictionary<string, string>? Sound(IReadOnlyDictionary<string, string>? texts) =>
        texts?.ToDictionary(t => Sound(t.Key)!, t => Sound(t.Value)!, StringComparer.Ordinal);

    private static string? Sound(string? text) => text?.Replace('\0', '\uFFFD');
}
