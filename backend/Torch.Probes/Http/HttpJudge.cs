using System.Globalization;
using System.Text.RegularExpressions;
using Torch.Contracts;
using Torch.Probes.Net;
using Torch.Text;

namespace Torch.Probes.Http;

/// <summary>Whether an answer is as expected: first its code, then its headers, its body, its certificate.</summary>
internal sealed class HttpJudge
{
    private readonly HttpExpectation _expect;
    private readonly IReadOnlyList<(int From, int To)> _codes;
    private readonly IReadOnlyList<(string Name, Regex Pattern)> _headers;
    private readonly IReadOnlyList<(JsonExpectation Expect, JsonPath Path, Regex? Pattern)> _json;
    private readonly Regex? _matches;
    private readonly Regex? _doesNotMatch;

    private HttpJudge(HttpExpectation expect)
    {
        _expect = expect;
        _codes = expect.StatusCodes is { Count: > 0 } codes ? codes.Select(Range).ToArray() : [(200, 299)];
        _headers = [.. (expect.Headers ?? NoHeaders).Select(h => (h.Key, Patterns.Of(h.Value) ?? Anything))];
        _json = [.. (expect.Json ?? []).Select(j => (j, Path(j.Path), Patterns.Of(j.Matches)))];
        _matches = Patterns.Of(expect.BodyMatches);
        _doesNotMatch = Patterns.Of(expect.BodyDoesNotMatch);
    }

    private static readonly Dictionary<string, string> NoHeaders = [];

    private static Regex Anything => Patterns.Of(".*")!;

    /// <exception cref="ProbeFault">A code, a path or a pattern cannot be used.</exception>
    public static HttpJudge Of(HttpExpectation? expect) => new(expect ?? new HttpExpectation());

    /// <summary>Whether the body's text decides anything.</summary>
    public bool ReadsBody => _matches is not null || _doesNotMatch is not null || _json.Count > 0;

    /// <param name="body">Its start.</param>
    /// <param name="recording">Knows its size, and the certificate.</param>
    /// <exception cref="ProbeFault">The answer is not as expected.</exception>
    public void Decide(HttpResponseMessage response, string body, ProbeRecording recording)
    {
        DecideOnCode((int)response.StatusCode);
        foreach (var (name, pattern) in _headers)
            DecideOnHeader(name, pattern, response);
        DecideOnBody(body, recording.BodyBytes ?? 0);
        foreach (var (expect, path, pattern) in _json)
            DecideOnJson(expect, path.ValueIn(body), pattern);
        CertificateDetails.Demand(_expect.CertificateDaysLeft, recording);
    }

    private void DecideOnCode(int code)
    {
        if (!_codes.Any(range => code >= range.From && code <= range.To))
            throw new ProbeFault(Causes.StatusCode, $"The target answered {code}; expected {Wanted()}.");
    }

    private static void DecideOnHeader(string name, Regex pattern, HttpResponseMessage response)
    {
        if (!TryFind(response.Headers, name, out var value) && !TryFind(response.Content.Headers, name, out value))
            throw new ProbeFault(Causes.Header, $"The answer has no header {name}.");
        if (!pattern.IsMatch(value))
            throw new ProbeFault(Causes.Header, $"The header {name} does not match /{pattern}/.");
    }

    private static bool TryFind(System.Net.Http.Headers.HttpHeaders headers, string name, out string value)
    {
        var found = headers.NonValidated.TryGetValues(name, out var values);
        value = found ? values.ToString() : "";
        return found;
    }

    private void DecideOnBody(string body, long bytes)
    {
        if (bytes > _expect.MaxBodyBytes)
            throw new ProbeFault(Causes.Body, $"The body is larger than {_expect.MaxBodyBytes} bytes.");
        if (_matches?.IsMatch(body) is false)
            throw new ProbeFault(Causes.Body, $"The body does not match /{_matches}/.");
        if (_doesNotMatch?.IsMatch(body) is true)
            throw new ProbeFault(Causes.Body, $"The body matches /{_doesNotMatch}/, which it must not.");
    }

    private static void DecideOnJson(JsonExpectation expect, string? value, Regex? pattern)
    {
        if (value is null)
            throw new ProbeFault(Causes.Json, $"The body has no value at {expect.Path}.");
        if (expect.EqualTo is { } wanted && !value.Equals(wanted, StringComparison.Ordinal))
            throw new ProbeFault(Causes.Json, $"{expect.Path} is \"{Short(value)}\"; expected \"{Short(wanted)}\".");
        if (pattern?.IsMatch(value) is false)
            throw new ProbeFault(
                Causes.Json,
                $"{expect.Path} is \"{Short(value)}\", which does not match /{pattern}/."
            );
    }

    private static string Short(string text) => text.Length <= 100 ? text : text[..100] + "...";

    private string Wanted() =>
        string.Join(
            ", ",
            _codes.Select(range => range.From == range.To ? $"{range.From}" : $"{range.From}-{range.To}")
        );

    private static JsonPath Path(string text) =>
        JsonPath.Read(text) ?? throw ProbeFault.Local($"\"{text}\" is no path to a JSON value.");

    private static (int From, int To) Range(string text)
    {
        var parts = text.Split('-', StringSplitOptions.TrimEntries);
        return parts.Length <= 2 && TryCode(parts[0], out var from) && TryCode(parts[^1], out var to) && from <= to
            ? (from, to)
            : throw ProbeFault.Local($"\"{text}\" is no HTTP code, nor a range of them.");
    }

    private static bool TryCode(string text, out int code) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out code) && code is >= 100 and <= 999;
}
