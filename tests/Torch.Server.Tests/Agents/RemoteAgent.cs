using System.Net;
using System.Text.Json;
using Torch.Testing;

namespace Torch.Server.Tests.Agents;

/// <summary>What an agent elsewhere says to its server, said by a test.</summary>
internal sealed class RemoteAgent(TorchFactory torch, JsonElement registered, TimeProvider time) : IDisposable
{
    private const string Self = "/api/v1/agents/self";

    private readonly HttpClient _client = torch.Client(registered.Text("key"));
    private Guid _spool;
    private long _offset;

    public Guid Id { get; } = registered.GetProperty("id").GetGuid();

    public long Epoch { get; private set; }

    /// <summary>Registers it and opens its first session.</summary>
    public static async Task<RemoteAgent> ComeAsync(
        TorchFactory torch,
        HttpClient admin,
        string name,
        string location,
        TimeProvider? time = null
    )
    {
        var body = $$"""{"name":"{{name}}","location":"{{location}}"}""";
        var registered = await admin.ExpectAsync(HttpStatusCode.Created, "POST", "/api/v1/agents", body);
        var agent = new RemoteAgent(torch, registered, time ?? TimeProvider.System);
        await agent.ConnectAsync();
        return agent;
    }

    /// <summary>Opens a session, once the server hands out work.</summary>
    public async Task ConnectAsync()
    {
        (_spool, _offset) = (Guid.CreateVersion7(), 0);
        var hello = $$"""{"spoolId":"{{_spool}}","version":"1","host":"here","kinds":["http"]}""";
        await Eventually.IsTrueAsync(async () =>
        {
            using var answer = await _client.SendAsync("POST", $"{Self}/session", hello);
            if (!answer.IsSuccessStatusCode)
                return false;
            Epoch = (await answer.ReadAsync()).Number("epoch");
            return true;
        });
    }

    /// <param name="lines">Of its log, as JSON; nothing where null.</param>
    public Task<HttpResponseMessage> BeatAsync(string? lines = null) =>
        _client.SendAsync(
            "POST",
            $"{Self}/heartbeat",
            lines is null ? $$"""{"epoch":{{Epoch}}}""" : $$"""{"epoch":{{Epoch}},"logs":[{{lines}}]}"""
        );

    /// <summary>The list after this one; null where it is not another within 25 s.</summary>
    public async Task<JsonElement?> ChecksAsync(long version)
    {
        using var answer = await SendAsync("GET", epoch => $"{Self}/checks?epoch={epoch}&version={version}");
        answer.StatusCode.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.NoContent);
        return answer.StatusCode == HttpStatusCode.OK ? await answer.ReadAsync() : null;
    }

    /// <summary>Delivers one result and answers where the spool stands.</summary>
    public Task<long> DeliverAsync(Guid check, string outcome = "up", DateTimeOffset? at = null) =>
        DeliverAsync(
            $$"""
            {"id":"{{Guid.CreateVersion7()}}","runId":"{{Guid.CreateVersion7()}}","checkId":"{{check}}",
             "at":"{{at ?? time.GetUtcNow():O}}","outcome":"{{outcome}}","cause":{{(
                outcome == "up" ? "null" : "\"refused\""
            )}},"message":null,"statusCode":200,"httpVersion":"1.1","address":null,
             "latency":{"resolve":null,"connect":1,"tls":null,"firstByte":1,"transfer":1,"total":3},
             "certificate":null,"headers":null,"text":null,"bodyBytes":1,"latenessMs":0,"agent":"whoever"}
            """
        );

    /// <summary>Delivers one result as JSON and answers where the spool stands.</summary>
    public async Task<long> DeliverAsync(string result)
    {
        using var answer = await SendAsync(
            "POST",
            epoch => $"{Self}/results?epoch={epoch}",
            () =>
                $$"""{"spoolId":"{{_spool}}","from":{{_offset}},"to":{{_offset + 1}},"gaps":[],"results":[{{result}}]}"""
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return _offset = (await answer.ReadAsync()).Number("offset");
    }

    public void Dispose() => _client.Dispose();

    // On a busy machine twenty seconds of the server's clock may pass between two of these lines: as any agent does, it comes again.
    private async Task<HttpResponseMessage> SendAsync(string method, Func<long, string> path, Func<string>? body = null)
    {
        while (true)
        {
            var answer = await _client.SendAsync(method, path(Epoch), body?.Invoke());
            if (
                answer.StatusCode != HttpStatusCode.Conflict
                || !(await answer.Content.ReadAsStringAsync()).Contains("session_over", StringComparison.Ordinal)
            )
                return answer;
            answer.Dispose();
            await ConnectAsync();
        }
    }
}
