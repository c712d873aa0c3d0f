using System.Net;
using System.Text.Json;
using Torch.Domain;
using Torch.Testing;

namespace Torch.Server.Tests.Features;

/// <summary>Nodes with report checks, made and asked through the API.</summary>
internal sealed class NodeWorld(HttpClient client)
{
    public const string Nodes = "/api/v1/nodes";

    public HttpClient Client => client;

    public async Task<string> GroupAsync(string name, string? parent = null) =>
        await CreateAsync(
            parent is null ? $$"""{"name":"{{name}}"}""" : $$"""{"name":"{{name}}","parentId":"{{parent}}"}"""
        );

    /// <summary>A leaf on a new source, which has reported once; answers its id and its source.</summary>
    public async Task<(string Id, string Source)> LeafAsync(string name, string? parent = null, string status = "up")
    {
        var source = "world/" + Guid.NewGuid().ToString("N");
        await ReportAsync(source, status);
        var under = parent is null ? "" : $",\"parentId\":\"{parent}\"";
        var id = await CreateAsync($$"""{"name":"{{name}}","checkId":"{{CheckIds.OfSource(source)}}"{{under}}}""");
        return (id, source);
    }

    public Task<JsonElement> ReportAsync(string source, string status) =>
        client.ExpectAsync(
            HttpStatusCode.Accepted,
            "POST",
            "/api/v1/reports",
            $$"""{"source":"{{source}}","status":"{{status}}"}"""
        );

    public Task<JsonElement> DoAsync(string method, string path, string? json = null) =>
        client.ExpectAsync(HttpStatusCode.OK, method, path, json);

    /// <summary>The node, once it is as wanted.</summary>
    public async Task<JsonElement> UntilAsync(string node, Func<JsonElement, bool> holds, string below = "")
    {
        JsonElement seen = default;
        try
        {
            await Eventually.IsTrueAsync(async () =>
            {
                using var response = await client.SendAsync("GET", $"{Nodes}/{node}{below}");
                return response.IsSuccessStatusCode && holds(seen = await response.ReadAsync());
            });
        }
        catch (TimeoutException exception)
        {
            throw new TimeoutException($"{exception.Message}; last seen: {seen}", exception);
        }
        return seen;
    }

    private async Task<string> CreateAsync(string json)
    {
        var answer = await client.ExpectAsync(HttpStatusCode.Created, "POST", Nodes, json);
        await client.FetchAsync($"{Nodes}?limit=1", answer.Number("position"));
        return answer.Text("id");
    }
}
