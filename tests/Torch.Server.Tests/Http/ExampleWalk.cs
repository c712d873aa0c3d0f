using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Torch.Server.Auth;
using Torch.Server.Http.OpenApi;
using Torch.Server.Tests.Notifying;

namespace Torch.Server.Tests.Http;

/// <summary>Sends the steps of the examples in their order, and keeps what was answered.</summary>
internal sealed partial class ExampleWalk : IAsyncDisposable
{
    private const int Longest = 800;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TorchFactory _torch;
    private readonly Receiver _receiver;
    private readonly HttpClient _client;
    private readonly SchemaCheck _schemas;
    private readonly Dictionary<string, (string Method, string Path, JsonElement Operation)> _operations;
    private readonly Dictionary<string, string> _known;
    private readonly List<Task> _beside = [];
    private string? _cookie;
    private long _position;

    private ExampleWalk(TorchFactory torch, Receiver receiver, JsonElement document)
    {
        (_torch, _receiver, _client, _schemas) = (torch, receiver, torch.Client(), new(document));
        _operations = Operating(document).ToDictionary(o => o.Name, o => (o.Method, o.Path, o.Operation));
        _known = new(StringComparer.Ordinal)
        {
            ["receiver"] = receiver.Url + "/hooks/torch",
            ["setupToken"] = torch.Services.GetRequiredService<Setup>().Token,
            ["admin"] = KeyedFixture.Key,
        };
    }

    /// <summary>What was not as the file or the document says.</summary>
    public List<string> Wrong { get; } = [];

    public IEnumerable<string> Operations => _operations.Keys;

    public static async Task<ExampleWalk> StartAsync()
    {
        var torch = await TorchFactory.StartAsync(("ADMIN_KEY", KeyedFixture.Key));
        using var client = torch.Client(KeyedFixture.Key);
        return new(torch, await Receiver.StartAsync(), await client.FetchAsync("/openapi/v1.json"));
    }

    public static IEnumerable<(string Name, JsonElement Operation)> OperationsOf(JsonElement document) =>
        Operating(document).Select(o => (o.Name, o.Operation));

    /// <summary>The steps with what was answered to them.</summary>
    public async Task<IReadOnlyList<JsonObject>> RunAsync(IReadOnlyList<JsonObject> steps)
    {
        var walked = steps.Select(s => s.DeepClone().AsObject()).ToList();
        foreach (var step in walked.Where(s => s["without"] is null))
        {
            var took = TakeAsync(step);
            if (step["beside"] is null)
                await took;
            else
                _beside.Add(took);
        }
        await Task.WhenAll(_beside);
        return walked;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _torch.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    private async Task TakeAsync(JsonObject step)
    {
        var name = Examples.Operation(step);
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            var (status, text) = await SendAsync(step);
            var isRight = status is >= 200 and < 300 && IsAsAwaited(step, text);
            var mayBecome = _operations[name].Method == "get" || status is 409 or 503;
            if (!isRight && mayBecome && Stopwatch.GetElapsedTime(since) < Patience)
            {
                await Task.Delay(50, TestContext.Current.CancellationToken);
                continue;
            }
            if (!isRight)
                Wrong.Add($"{name} answered {status} {text}");
            else
                Note(step, name, status, text);
            return;
        }
    }

    private async Task<(int Status, string Text)> SendAsync(JsonObject step)
    {
        var (method, path, operation) = _operations[Examples.Operation(step)];
        using var request = new HttpRequestMessage(new HttpMethod(method.ToUpperInvariant()), Address(step, path));
        Sign(request, step["as"]?.GetValue<string>() ?? "admin");
        foreach (var header in step["headers"]?.AsObject() ?? [])
            request.Headers.Add(header.Key, header.Value!.GetValue<string>());
        if (step["body"] is { } body)
            request.Content = Body(Examples.Filled(body, Value)!, step["type"]?.GetValue<string>());
        using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (answer.Headers.TryGetValues("Set-Cookie", out var cookies))
            _cookie = cookies.First().Split(';')[0];
        return ((int)answer.StatusCode, await TextAsync(answer));
    }

    // A stream does not end: its first event, or line, is shown.
    private static async Task<string> TextAsync(HttpResponseMessage answer)
    {
        var type = answer.Content.Headers.ContentType?.MediaType;
        if (type is not ("text/event-stream" or "application/x-ndjson"))
            return await answer.Content.ReadAsStringAsync();
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        if (type == "application/x-ndjson")
            return await FirstLineAsync(reader) + "\n";
        var text = new StringBuilder();
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
            text.Append(line).Append('\n');
        return text.Append('\n').ToString();
    }

    // A blank line says no more than that the line is there.
    private static async Task<string> FirstLineAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
            if (line.Length > 0)
                return line;
        return "";
    }

    private string Address(JsonObject step, string path)
    {
        foreach (var (name, value) in step["path"]?.AsObject() ?? [])
            path = path.Replace(
                $"{{{name}}}",
                Uri.EscapeDataString(Examples.Filled(value!.GetValue<string>(), Value)),
                StringComparison.Ordinal
            );
        var query = Examples.Filled(step["query"]?.GetValue<string>() ?? "", n => Uri.EscapeDataString(Value(n)));
        if (
            _operations[Examples.Operation(step)].Method == "get"
            && path.StartsWith("/api/v1/", StringComparison.Ordinal)
        )
            query += $"{(query.Length > 0 ? "&" : "")}minPosition={_position}";
        return query.Length > 0 ? $"{path}?{query}" : path;
    }

    private void Sign(HttpRequestMessage request, string who)
    {
        if (who == "person")
            request.Headers.Add("Cookie", _cookie);
        else if (who != "nobody")
            request.Headers.Add("Authorization", "Bearer " + Value(who == "agent" ? "agentKey" : who));
    }

    private static StringContent Body(JsonNode body, string? type) =>
        Json.Content(type is null ? body.ToJsonString() : body.GetValue<string>(), type ?? "application/json");

    // What is awaited of an answer, and that what later steps need is there.
    private static bool IsAsAwaited(JsonObject step, string text)
    {
        var wanted = step["until"]?.AsObject() ?? [];
        var kept = step["keep"]?.AsObject() ?? [];
        if (wanted.Count + kept.Count == 0)
            return true;
        var answer = JsonNode.Parse(text)!;
        return wanted.All(w => Has(answer, w.Key, out var found) && JsonNode.DeepEquals(found, w.Value))
            && kept.All(k => Has(answer, k.Value!.GetValue<string>(), out var found) && found is not null);
    }

    private void Note(JsonObject step, string name, int status, string text)
    {
        var promised = _operations[name].Operation.GetProperty("responses");
        if (!promised.TryGetProperty($"{status}", out var answer))
            Wrong.Add($"{name} answered {status}, which the document does not know");
        else if (IsJson(text) && answer.TryGetProperty("content", out var content))
            Wrong.AddRange(Faults(name, content, text));
        if (step["status"] is { } known && known.GetValue<int>() != status)
            Wrong.Add($"{name} answered {status}, not {known}");
        foreach (var (kept, place) in step["keep"]?.AsObject() ?? [])
            if (Has(JsonNode.Parse(text)!, place!.GetValue<string>(), out var value))
                _known[kept] = value!.ToString();
        if (IsJson(text) && JsonNode.Parse(text) is JsonObject { } told && told["position"] is JsonValue position)
            _position = Math.Max(_position, position.GetValue<long>());
        if (step["setup"] is null)
            Record(step, status, text);
    }

    private IEnumerable<string> Faults(string name, JsonElement content, string text) =>
        content.TryGetProperty("application/json", out var media)
            ? _schemas.Faults(media.GetProperty("schema"), JsonElement.Parse(text)).Select(f => $"{name}: {f}")
            : [];

    private void Record(JsonObject step, int status, string text)
    {
        foreach (var (name, value) in _known.Where(k => k.Value.Length > 8).OrderByDescending(k => k.Value.Length))
            text = text.Replace(value, $"«{name}»", StringComparison.OrdinalIgnoreCase);
        text = text.Replace(
            _client.BaseAddress!.GetLeftPart(UriPartial.Authority),
            "http://127.0.0.1:8080",
            StringComparison.Ordinal
        );
        step["status"] = status;
        if (text.Length > 0)
            step["answer"] = IsJson(text) ? Shortened(JsonNode.Parse(text)) : JsonValue.Create(Shortened(text));
    }

    private static JsonNode? Shortened(JsonNode? value) =>
        value switch
        {
            JsonObject members => new JsonObject(members.Select(m => KeyValuePair.Create(m.Key, Shortened(m.Value)))),
            JsonArray items => new JsonArray([.. items.Take(2).Select(Shortened)]),
            JsonValue text when text.TryGetValue<string>(out var said) => JsonValue.Create(Shortened(said)),
            _ => value?.DeepClone(),
        };

    private static string Shortened(string text) =>
        text.Length <= Longest ? text
        : text.LastIndexOf('\n', Longest) is > 0 and var end ? text[..(end + 1)]
        : text[..Longest];

    // Lines of JSON are text.
    private static bool IsJson(string text) => (text.StartsWith('{') || text.StartsWith('[')) && !text.EndsWith('\n');

    private static bool Has(JsonNode answer, string pointer, out JsonNode? found)
    {
        found = answer;
        foreach (var part in pointer.Split('/').Skip(1))
        {
            var isThere = found switch
            {
                JsonObject members => members.TryGetPropertyValue(part, out found),
                JsonArray items when int.Parse(part, CultureInfo.InvariantCulture) is var i && i < items.Count => (
                    found = items[i]
                )
                    is var _,
                _ => false,
            };
            if (!isThere)
                return false;
        }
        return true;
    }

    private string Value(string name)
    {
        if (_known.TryGetValue(name, out var value))
            return value;
        if (Moment().Match(name) is { Success: true } moment)
            return TimeOf(moment).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        return Examples.Filled($"«{name}»", Sample);
    }

    private static string Sample(string name) => Examples.Sampled(JsonValue.Create($"«{name}»"))!.GetValue<string>();

    private static DateTimeOffset TimeOf(Match moment)
    {
        var count = moment.Groups["count"].Success
            ? int.Parse(moment.Groups["count"].Value, CultureInfo.InvariantCulture)
            : 0;
        var span = moment.Groups["unit"].Value == "d" ? TimeSpan.FromDays(count) : TimeSpan.FromHours(count);
        return TimeProvider.System.GetUtcNow()
            + (moment.Value.EndsWith("ago", StringComparison.Ordinal) ? -span : span);
    }

    private static IEnumerable<(string Name, string Method, string Path, JsonElement Operation)> Operating(
        JsonElement document
    ) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select (operation.Value.Text("operationId"), operation.Name, path.Name, operation.Value);

    [GeneratedRegex(
        @"^(now|in (?<count>\d+)(?<unit>[hd])|(?<count>\d+)(?<unit>[hd]) ago)$",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Moment();
}
