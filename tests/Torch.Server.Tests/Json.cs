using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Torch.Server.Tests;

/// <summary>Requests and answers as a script sees them: text and JSON, no .NET types.</summary>
internal static class Json
{
    public static StringContent Content(string json, string type = "application/json") =>
        new(json, Encoding.UTF8, type);

    public static async Task<HttpResponseMessage> SendAsync(
        this HttpClient client,
        string method,
        string path,
        string? json = null,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (json is not null)
            request.Content = Content(json);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await client.SendAsync(request);
    }

    /// <summary>Sends and expects a status; answers the body.</summary>
    public static async Task<JsonElement> ExpectAsync(
        this HttpClient client,
        HttpStatusCode status,
        string method,
        string path,
        string? json = null,
        params (string Name, string Value)[] headers
    )
    {
        using var response = await client.SendAsync(method, path, json, headers);
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(status, $"{method} {path} {json} answered {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone();
    }

    public static Task<JsonElement> FetchAsync(this HttpClient client, string path, long? minPosition = null) =>
        client.ExpectAsync(
            HttpStatusCode.OK,
            "GET",
            minPosition is null ? path : path + (path.Contains('?') ? "&" : "?") + "minPosition=" + minPosition
        );

    public static async Task<JsonElement> ReadAsync(this HttpResponseMessage response) =>
        await response.Content.ReadFromJsonAsync<JsonElement>();

    /// <summary>Expects problem+json of a code and answers it.</summary>
    public static async Task<JsonElement> ShouldBeProblemAsync(
        this HttpResponseMessage response,
        HttpStatusCode status,
        string code
    )
    {
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(status, text);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        var problem = JsonDocument.Parse(text).RootElement;
        problem.GetProperty("type").GetString().ShouldBe("urn:torch:problem:" + code, text);
        problem.GetProperty("status").GetInt32().ShouldBe((int)status);
        problem.GetProperty("traceId").GetString().ShouldNotBeNullOrEmpty();
        text.ShouldNotContain("   at ");
        return problem;
    }

    public static string Text(this JsonElement json, string property) => json.GetProperty(property).GetString()!;

    public static long Number(this JsonElement json, string property) => json.GetProperty(property).GetInt64();

    public static IReadOnlyList<JsonElement> Many(this JsonElement json, string property) =>
        [.. json.GetProperty(property).EnumerateArray()];

    public static IReadOnlyList<JsonElement> Items(this JsonElement page) =>
        [.. page.GetProperty("items").EnumerateArray()];
}
