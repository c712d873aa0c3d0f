using System.CommandLine;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Torch.Cli.Client;

/// <summary>The client verbs' way to a running Torch.</summary>
internal sealed class ApiClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;
    private readonly string _address;

    private ApiClient(string address, string? key)
    {
        _address = address.TrimEnd('/');
        _http = new HttpClient { Timeout = Patience };
        if (key is not null)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>Where the server is; the same for every verb.</summary>
    public static Option<string?> Server() =>
        new("--server")
        {
            Description =
                "The server's address, also TORCH_SERVER. http://127.0.0.1:8080 by default. TORCH_ADMIN_KEY gives the key.",
        };

    public static ApiClient For(string? server) =>
        new(
            server ?? Environment.GetEnvironmentVariable("TORCH_SERVER") ?? "http://127.0.0.1:8080",
            Environment.GetEnvironmentVariable("TORCH_ADMIN_KEY")
        );

    /// <exception cref="ServerAnswerException">No answer, or a refusal.</exception>
    public Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, _address + path), cancellationToken);

    /// <exception cref="ServerAnswerException">No answer, or a refusal.</exception>
    public Task<JsonElement> PostAsync(string path, object body, CancellationToken cancellationToken) =>
        SendAsync(new(HttpMethod.Post, _address + path) { Content = JsonContent.Create(body) }, cancellationToken);

    /// <exception cref="ServerAnswerException">No answer, or a refusal.</exception>
    public Task<JsonElement> PutAsync(string path, object body, CancellationToken cancellationToken) =>
        SendAsync(new(HttpMethod.Put, _address + path) { Content = JsonContent.Create(body) }, cancellationToken);

    /// <summary>A request that says everything in its path.</summary>
    /// <exception cref="ServerAnswerException">No answer, or a refusal.</exception>
    public Task<JsonElement> PostAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, _address + path), cancellationToken);

    /// <exception cref="ServerAnswerException">No answer, or a refusal.</exception>
    public Task<JsonElement> DeleteAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Delete, _address + path), cancellationToken);

    /// <summary>An answer that comes line by line and may take its time.</summary>
    /// <exception cref="ServerAnswerException">No answer, or a refusal.</exception>
    public async IAsyncEnumerable<JsonElement> LinesAsync(
        string path,
        JsonNode body,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _address + path)
        {
            Content = JsonContent.Create(body),
        };
        request.Headers.Accept.ParseAdd("application/x-ndjson");
        using var answer = await BeginAsync(request, cancellationToken);
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
                : throw new ServerAnswerException(
                    $"{_address} refuses ({(int)answer.StatusCode}): {Reason(await answer.Content.ReadAsStringAsync(cancellationToken))}"
                );
        }
        catch (Exception exception) when (IsNoAnswer(exception, cancellationToken))
        {
            throw new ServerAnswerException($"{_address} does not answer: {exception.Message}");
        }
    }

    private async Task<JsonElement> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _http.SendAsync(request, cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            return answer.IsSuccessStatusCode
                ? JsonElement.Parse(answer.StatusCode == HttpStatusCode.NoContent ? "null" : text)
                : throw new ServerAnswerException($"{_address} refuses ({(int)answer.StatusCode}): {Reason(text)}");
        }
        catch (Exception exception) when (IsNoAnswer(exception, cancellationToken))
        {
            throw new ServerAnswerException($"{_address} does not answer: {exception.Message}");
        }
    }

    private static bool IsNoAnswer(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException or JsonException or UriFormatException or InvalidOperationException
        || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    // problem+json says it in "detail", or at least in "title".
    private static string Reason(string text)
    {
        try
        {
            var problem = JsonElement.Parse(text);
            return Member(problem, "detail") ?? Member(problem, "title") ?? text;
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private static string? Member(JsonElement problem, string name) =>
        problem.ValueKind == JsonValueKind.Object && problem.TryGetProperty(name, out var member)
            ? member.GetString()
            : null;
}

/// <summary>The server gave no answer, or refused. The message is one line for people.</summary>
internal sealed class ServerAnswerException(string message) : Exception(message);
