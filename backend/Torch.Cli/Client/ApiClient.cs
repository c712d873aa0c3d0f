using System.CommandLine;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace Torch.Cli.Client;

/// <summary>The client verbs' way to a running Torch.</summary>
internal sealed class ApiClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;
    private readonly string _address;

    private ApiClient(string address, string? key, HttpMessageHandler? handler = null)
    {
        _address = address;
        _http = new HttpClient(handler ?? new SocketsHttpHandler()) { Timeout = Patience };
        if (key is not null)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>For the server that the command line, the environment or the client file names.</summary>
    public static ApiClient For(ParseResult parsed)
    {
        var (address, key) = parsed.Target();
        var level = parsed.LevelOr(LogLevel.None);
        return new(address, key, level <= LogLevel.Information ? new RequestTrace(parsed.Terminal(), level) : null);
    }

    public static ApiClient Of(string address, string? key) => new(address, key);

    /// <exception cref="ServerAnswerException">No answer, or a refusal.</exception>
    public Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, _address + path), cancellationToken);

    /// <summary>The answer to the byte.</summary>
    /// <exception cref="ServerAnswerException">No answer, or a refusal.</exception>
    public Task<string> GetTextAsync(string path, CancellationToken cancellationToken) =>
        TextAsync(new HttpRequestMessage(HttpMethod.Get, _address + path), cancellationToken);

    /// <exception cref="ServerAnswerException">No answer, or a refusal.</exception>
    public Task<JsonElement> PostAsync(string path, object body, CancellationToken cancellationToken) =>
        SendAsync(new(HttpMethod.Post, _address + path) { Content = JsonContent.Create(body) }, cancellationToken);

    /// <exception cref="ServerAnswerException">No answer, or a refusal.</exception>
    public Task<JsonElement> PutAsync(string path, object body, CancellationToken cancellationToken) =>
        SendAsync(new(HttpMethod.Put, _address + path) { Content = JsonContent.Create(body) }, cancellationToken);

    /// <summary>Changes what has this version, and nothing newer.</summary>
    /// <exception cref="ServerAnswerException">No answer, or a refusal.</exception>
    public Task<JsonElement> PutAsync(string path, object body, long version, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, _address + path) { Content = JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        return SendAsync(request, cancellationToken);
    }

    /// <summary>Posts lines of JSON. The same key again is the same request, and stored once.</summary>
    /// <exception cref="ServerAnswerException">No answer, or a refusal.</exception>
    public Task<JsonElement> PostLinesAsync(string path, string lines, Guid key, CancellationToken cancellationToken)
    {
        var content = new StringContent(lines, Encoding.UTF8, "application/x-ndjson");
        var request = new HttpRequestMessage(HttpMethod.Post, _address + path) { Content = content };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key.ToString());
        return SendAsync(request, cancellationToken);
    }

    /// <summary>Server-Sent Events until the server ends them: each one's id, kind and data.</summary>
    /// <exception cref="ServerAnswerException">No answer, or a refusal.</exception>
    public async IAsyncEnumerable<(string? Id, string Kind, JsonElement Data)> EventsAsync(
        string path,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _address + path);
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var answer = await BeginAsync(request, cancellationToken);
        await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
            yield return (item.EventId, item.EventType, JsonElement.Parse(item.Data));
    }

    /// <summary>A request that says everything in its path.</summary>
    /// <exception cref="ServerAnswerException">No answer, or a refusal.</exception>
    public Task<JsonElement> PostAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, _address + path), cancellationToken);

    /// <exception cref="ServerAnswerException">No answer, or a refusal.</exception>
    public Task<JsonElement> DeleteAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Delete, _address + path), cancellationToken);

    /// <summary>An answer that comes line by line and may take its time.</summary>
    /// <exception cref="ServerAnswerException">No answer, or a refusal.</exception>
    public IAsyncEnumerable<JsonElement> LinesAsync(string path, JsonNode body, CancellationToken cancellationToken) =>
        LinesAsync(
            new HttpRequestMessage(HttpMethod.Post, _address + path) { Content = JsonContent.Create(body) },
            cancellationToken
        );

    /// <inheritdoc cref="LinesAsync(string, JsonNode, CancellationToken)"/>
    public IAsyncEnumerable<JsonElement> LinesAsync(string path, CancellationToken cancellationToken) =>
        LinesAsync(new HttpRequestMessage(HttpMethod.Get, _address + path), cancellationToken);

    private async IAsyncEnumerable<JsonElement> LinesAsync(
        HttpRequestMessage request,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var asked = request;
        asked.Headers.Accept.ParseAdd("application/x-ndjson");
        using var answer = await BeginAsync(asked, cancellationToken);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(cancellationToken));
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
            yield return JsonElement.Parse(line);
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> BeginAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return answer.IsSuccessStatusCode
                ? answer
                : throw Refusal(answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (Exception exception) when (IsNoAnswer(exception, cancellationToken))
        {
            throw new ServerAnswerException($"{_address} does not answer: {exception.Message}", isAway: true);
        }
    }

    private async Task<JsonElement> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return JsonElement.Parse(await TextAsync(request, cancellationToken));
        }
        catch (JsonException exception)
        {
            throw new ServerAnswerException($"{_address} does not answer: {exception.Message}", isAway: true);
        }
    }

    private async Task<string> TextAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _http.SendAsync(request, cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            return answer.IsSuccessStatusCode
                ? (answer.StatusCode == HttpStatusCode.NoContent ? "null" : text)
                : throw Refusal(answer.StatusCode, text);
        }
        catch (Exception exception) when (IsNoAnswer(exception, cancellationToken))
        {
            throw new ServerAnswerException($"{_address} does not answer: {exception.Message}", isAway: true);
        }
    }

    private ServerAnswerException Refusal(HttpStatusCode code, string text) =>
        new(
            $"{_address} refuses ({(int)code}): {Reason(text)}",
            isAway: code is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError,
            Messages(text)
        );

    private static bool IsNoAnswer(Exception exception, CancellationToken cancellationToken) =>
        exception
            is HttpRequestException
                or IOException
                or JsonException
                or UriFormatException
                or InvalidOperationException
        || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    // problem+json says it in "detail", or at least in "title".
    private static string Reason(string text)
    {
        try
        {
            var problem = JsonElement.Parse(text);
            var said = Member(problem, "detail") ?? Member(problem, "title") ?? text;
            return said + string.Concat(Errors(problem));
        }
        catch (JsonException)
        {
            return text;
        }
    }

    // " /http/url must be a URL"
    private static IEnumerable<string> Errors(JsonElement problem) =>
        problem.ValueKind == JsonValueKind.Object
        && problem.TryGetProperty("errors", out var errors)
        && errors.ValueKind == JsonValueKind.Object
            ? errors.EnumerateObject().Select(e => $" {e.Name}: {string.Join(", ", e.Value.EnumerateArray())}.")
            : [];

    // What is wrong with each part of what was sent, without where: the words say it.
    private static IReadOnlyList<string> Messages(string text)
    {
        try
        {
            return
                JsonElement.Parse(text) is { ValueKind: JsonValueKind.Object } problem
                && problem.TryGetProperty("errors", out var errors)
                && errors.ValueKind == JsonValueKind.Object
                ? [.. errors.EnumerateObject().SelectMany(e => e.Value.EnumerateArray()).Select(m => m.ToString())]
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static string? Member(JsonElement problem, string name) =>
        problem.ValueKind == JsonValueKind.Object && problem.TryGetProperty(name, out var member)
            ? member.GetString()
            : null;
}

/// <summary>The server gave no answer, or refused. The message is one line for people.</summary>
/// <param name="isAway">It may answer later: it is worth to ask again.</param>
/// <param name="errors">What is wrong with each part of what was sent; empty where the server does not say.</param>
internal sealed class ServerAnswerException(string message, bool isAway = false, IReadOnlyList<string>? errors = null)
    : Exception(message)
{
    public bool IsAway => isAway;

    public IReadOnlyList<string> Errors => errors ?? [];
}
