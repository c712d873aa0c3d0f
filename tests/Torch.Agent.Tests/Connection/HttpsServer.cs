using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Torch.Contracts;
using Torch.Contracts.Json;

namespace Torch.Agent.Tests.Connection;

/// <summary>A Kestrel over HTTPS that answers an agent as Torch does, and as a test wants it to.</summary>
internal sealed class HttpsServer(Authority authority) : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new Iso8601DurationConverter() },
    };

    private readonly CancellationTokenSource _end = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebApplication? _app;
    private int _port;
    private long _epoch;

    public Uri Address => new($"https://127.0.0.1:{_port}/");

    public AgentChecks List { get; private set; } = new(1, 1, null, []);

    /// <summary>Each answers, by the end of its path, with this status and code.</summary>
    public ConcurrentDictionary<string, (HttpStatusCode Status, string Code)> Refusals { get; } = new();

    public ConcurrentQueue<string> Asked { get; } = [];

    /// <summary>Lines that came with heartbeats, one entry for each heartbeat that carried some.</summary>
    public ConcurrentQueue<IReadOnlyList<AgentLogLine>> Lines { get; } = [];

    /// <summary>A server from before lines refuses the member that it does not know.</summary>
    public bool KnowsLines { get; set; } = true;

    /// <summary>Heartbeats that were answered with a lease.</summary>
    public int Beats { get; private set; }

    public ConcurrentQueue<(ResultDelivery Delivery, string Encoding)> Taken { get; } = [];

    /// <summary>What a delivery is answered; its own end where null.</summary>
    public long? Offset { get; set; }

    /// <summary>How often a path was asked for.</summary>
    public int Count(string path) => Asked.Count(a => a.StartsWith(path, StringComparison.Ordinal));

    /// <summary>Another list, which ends the questions that are held open.</summary>
    public void Give(TimeSpan? lease, params ScheduledCheck[] checks)
    {
        List = new(List.Version + 1, _epoch, lease, checks);
        Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(k =>
            k.Listen(IPAddress.Loopback, _port, l => l.UseHttps(authority.For(IPAddress.Loopback)))
        );
        _app = builder.Build();
        _app.Run(AnswerAsync);
        await _app.StartAsync();
        _port = new Uri(_app.Urls.Single()).Port;
    }

    /// <summary>Gone, with all of its connections; what comes back listens where it did.</summary>
    public async Task StopAsync()
    {
        if (_app is not { } app)
            return;
        _app = null;
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await StopAsync();
        _end.Dispose();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!.Split('/')[^1];
        Asked.Enqueue(path + http.Request.QueryString);
        if (Refusals.TryGetValue(path, out var refusal))
            await RefuseAsync(http, refusal);
        else if (path == "session")
            await http.Response.WriteAsJsonAsync(Session(), Json);
        else if (path == "heartbeat")
            await BeatAsync(http);
        else if (path == "results")
            await http.Response.WriteAsJsonAsync(new ResultsTaken(await TakeAsync(http)), Json);
        else
            await HoldAsync(http, path);
    }

    private AgentSession Session() =>
        new(Guid.NewGuid(), "rack 7", "berlin", ++_epoch, 0, TimeSpan.FromMilliseconds(100));

    private async Task BeatAsync(HttpContext http)
    {
        var body = await JsonSerializer.DeserializeAsync<JsonElement>(http.Request.Body);
        var hasLines = body.TryGetProperty("logs", out var lines);
        if (hasLines && KnowsLines)
            Lines.Enqueue(lines.Deserialize<List<AgentLogLine>>(Json)!);
        if (hasLines && !KnowsLines)
            await RefuseAsync(http, (HttpStatusCode.BadRequest, "unknown_member"));
        else
        {
            Beats++;
            await http.Response.WriteAsJsonAsync(new AgentLease(List.Lease), Json);
        }
    }

    private async Task<long> TakeAsync(HttpContext http)
    {
        await using var plain = new GZipStream(http.Request.Body, CompressionMode.Decompress);
        var delivery = (await JsonSerializer.DeserializeAsync<ResultDelivery>(plain, Json))!;
        Taken.Enqueue((delivery, http.Request.Headers.ContentEncoding.ToString()));
        return Offset ?? delivery.To;
    }

    private async Task HoldAsync(HttpContext http, string path)
    {
        using var until = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, _end.Token);
        while (path == "runs" || http.Request.Query["version"] == List.Version.ToString())
            await _changed.Task.WaitAsync(until.Token);
        await http.Response.WriteAsJsonAsync(List, Json, until.Token);
    }

    private static Task RefuseAsync(HttpContext http, (HttpStatusCode Status, string Code) refusal)
    {
        http.Response.StatusCode = (int)refusal.Status;
        var problem = new { type = $"urn:torch:problem:{refusal.Code}", detail = $"said {refusal.Code}" };
        return http.Response.WriteAsJsonAsync(problem, Json, "application/problem+json");
    }
}
