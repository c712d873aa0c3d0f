using System.Text.RegularExpressions;
using Torch.Contracts;
using Torch.Probes.Net;

namespace Torch.Probes.Dns;

/// <summary>Whether a name server's answer is as expected, and what is measured of it.</summary>
internal sealed class DnsJudge(DnsSettings dns)
{
    private const int MaxAnswerBytes = 1024;

    private readonly Regex? _matches = Patterns.Of(dns.Expect?.Matches);

    public int Type { get; } = DnsTypes.Number(dns.Type ?? "A");

    /// <exception cref="ProbeFault">It is not as expected.</exception>
    public void Decide(DnsAnswer answer, ProbeRecording recording)
    {
        var found = answer.Records.Where(record => record.Type == Type).ToArray();
        var rcode = DnsTypes.Rcode(answer.Rcode);
        Record(found, rcode, recording);
        var wanted = dns.Expect?.Rcode ?? "NOERROR";
        if (rcode != wanted)
            throw new ProbeFault(Causes.Rcode, $"The name server answered {rcode}; expected {wanted}.");
        Decide(found.Select(record => record.Text).ToArray());
    }

    private void Decide(string[] texts)
    {
        if (dns.Expect?.Answers is { } all && !Same(all, texts))
            throw Fault($"The answers are {Listed(texts)}; expected {Listed(all)}.");
        if (_matches is not null && !texts.Any(_matches.IsMatch))
            throw Fault($"None of the answers ({Listed(texts)}) matches /{_matches}/.");
        if (texts.Length == 0 && dns.Expect is not { Rcode: not null } and not { Answers: not null })
            throw Fault($"The name has no {dns.Type ?? "A"} record.");
    }

    private static void Record(DnsRecord[] found, string rcode, ProbeRecording recording)
    {
        recording.Texts["dns.rcode"] = rcode;
        recording.Measures["dns.answers"] = found.Length;
        if (found.Length == 0)
            return;
        recording.Texts["dns.answer"] = StorableText.Cap(Listed(found.Select(f => f.Text)), MaxAnswerBytes);
        recording.Measures["dns.ttl"] = found.Min(f => f.Ttl) * 1000.0;
    }

    // Names do not tell small letters from capitals, and may be written with a dot at their end.
    private static bool Same(IEnumerable<string> wanted, IEnumerable<string> found) =>
        wanted
            .Select(Plain)
            .Order(StringComparer.Ordinal)
            .SequenceEqual(found.Select(Plain).Order(StringComparer.Ordinal));

    private static string Plain(string text) => text.TrimEnd('.').ToLowerInvariant();

    private static string Listed(IEnumerable<string> texts) =>
        string.Join(", ", texts) is { Length: > 0 } l ? l : "none";

    private static ProbeFault Fault(string message) => new(Causes.Answer, message);
}
