using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Torch.Contracts;
using Torch.Contracts.Json;

namespace Torch.Agent.Connection;

/// <summary>The agent's paths of the server's API, one method each.</summary>
internal sealed class AgentApi : IDisposable
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Delivery = TimeSpan.FromSeconds(30);

    /// <summary>Longer than the server holds a question open.</summary>
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(35);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
            new Iso8601DurationConverter(),
        },
    };

    private readonly HttpClient _http;

    public AgentApi(ServerAddress address)
    {
        _http = new HttpClient(address.Handler())
        {
            BaseAddress = new Uri(address.Server, "/api/v1/agents/self/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", address.Key);
    }

    public async Task<AgentSession> OpenAsync(AgentHello hello, CancellationToken ct) =>
        (await SendAsync<AgentSession>(HttpMethod.Post, "session", Body(hello), Short, ct))!;

    /// <summary>Null where nothing has changed for as long as the server waited.</summary>
    public Task<AgentChecks?> ChecksAsync(long epoch, long version, CancellationToken ct) =>
        SendAsync<AgentChecks>(
            HttpMethod.Get,
            FormattableString.Invariant($"checks?epoch={epoch}&version={version}"),
            null,
            version == 0 ? Short : Held,
            ct
        );

    public async Task<IReadOnlyList<RunProbe>> RunsAsync(long epoch, CancellationToken ct) =>
        await SendAsync<List<RunProbe>>(
            HttpMethod.Get,
            FormattableString.Invariant($"runs?epoch={epoch}"),
            null,
            Held,
            ct
        ) ?? [];

    public async Task<AgentLease> BeatAsync(AgentHeartbeat heartbeat, CancellationToken ct) =>
        (await SendAsync<AgentLease>(HttpMethod.Post, "heartbeat", Body(heartbeat), Short, ct))!;

    public Task AnswerAsync(long epoch, ProbeCompleted result, CancellationToken ct) =>
        SendAsync<object>(
            HttpMethod.Post,
            FormattableString.Invariant($"answers?epoch={epoch}"),
            Body(result),
            Short,
            ct
        );

    public async Task<long> DeliverAsync(long epoch, ResultDelivery delivery, CancellationToken ct)
    {
        var path = FormattableString.Invariant($"results?epoch={epoch}");
        return (await SendAsync<ResultsTaken>(HttpMethod.Post, path, Packed(delivery), Delivery, ct))!.Offset;
    }

    public void Dispose() => _http.Dispose();

    private async Task<T?> SendAsync<T>(
        HttpMethod method,
        string path,
        HttpContent? body,
        TimeSpan limit,
        CancellationToken ct
    )
        where T : class
    {
        using var until = CancellationTokenSource.CreateLinkedTokenSource(ct);
        until.CancelAfter(limit);
        using var request = new HttpRequestMessage(method, path) { Content = body };
        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, until.Token);
            if (answer.StatusCode == HttpStatusCode.NoContent)
                return null;
            if (!answer.IsSuccessStatusCode)
                throw await RefusalAsync(answer, until.Token);
            await using var stream = await answer.Content.ReadAsStreamAsync(until.Token);
            return await JsonSerializer.DeserializeAsync<T>(stream, Json, until.Token)
                ?? throw new JsonException("the server answered null");
        }
        catch (OperationCanceledException late) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException($"the server did not answer within {limit.TotalSeconds:0} s", late);
        }
    }

    private static async Task<ServerRefusalException> RefusalAsync(HttpResponseMessage answer, CancellationToken ct)
    {
        try
        {
            await using var stream = await answer.Content.ReadAsStreamAsync(ct);
            var problem = await JsonSerializer.DeserializeAsync<Problem>(stream, Json, ct);
            return new(answer.StatusCode, problem?.Type?.Split(':')[^1] ?? "", problem?.Detail ?? "");
        }
        catch (Exception wrong) when (wrong is JsonException or HttpRequestException or IOException)
        {
            return new(answer.StatusCode, "", answer.ReasonPhrase ?? "");
        }
    }

    private static ByteArrayContent Body<T>(T value) =>
        new(JsonSerializer.SerializeToUtf8Bytes(value, Json)) { Headers = { ContentType = new("application/json") } };

    private static ByteArrayContent Packed(ResultDelivery delivery)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            JsonSerializer.Serialize(gzip, delivery, Json);
        return new ByteArrayContent(packed.ToArray())
        {
            Headers = { ContentType = new("application/json"), ContentEncoding = { "gzip" } },
        };
    }
}
