using System.Net;
using System.Text.Json.Nodes;

namespace Torch.Server.Tests.Features;

public sealed class CheckSettingsTests(TorchFixture fixture) : IClassFixture<TorchFixture>
{
    private const string Path = "/api/v1/checks";
    private readonly HttpClient _client = fixture.Client;

    public static TheoryData<string, string> Complete { get; } =
        new()
        {
            {
                "http",
                """
                    {"url":"https://shop.example/","method":"POST","headers":{"X-A":"1","X-B":"2"},"body":"ping",
                     "auth":{"basic":{"user":"anna","password":"secret"}},"followRedirects":5,"version":"2","proxy":"http://proxy.example:3128",
                     "ignoreCertificate":true,"serverName":"inner.example","maxBodyBytes":1048576,"addressFamily":"ipv6",
                     "expect":{"statusCodes":["200-299"],"bodyMatches":"ok","bodyDoesNotMatch":"error","headers":{"server":"nginx"},
                      "json":[{"path":"$.status","equals":"up"},{"path":"$.n","matches":"^[0-9]+$"}],"certificateDaysLeft":14,"maxBodyBytes":2048}}
                    """
            },
        };

    [Theory]
    [MemberData(nameof(Complete))]
    public async Task Every_setting_of_a_kind_comes_back_as_it_was_written(string kind, string settings)
    {
        var written = JsonNode.Parse(settings)!;
        var json = $$"""{"name":"All of {{kind}}","kind":"{{kind}}","interval":"PT1S","{{kind}}":{{settings}}}""";
        var created = await _client.ExpectAsync(HttpStatusCode.Created, "POST", Path, json);

        var path = $"{Path}/{created.Text("id")}";
        var check = await _client.FetchAsync(path, created.Number("position"));
        Absent(JsonNode.Parse(check.GetProperty(kind).GetRawText())!)
            .ToJsonString()
            .ShouldBe(Absent(written).ToJsonString());

        var again = await _client.ExpectAsync(HttpStatusCode.OK, "PUT", path, json, ("If-Match", "\"1\""));
        again.Number("version").ShouldBe(1);
    }

    [Theory]
    [InlineData("http", """{"url":"http://a/","auth":{}}""", "/http/auth")]
    [InlineData("http", """{"url":"http://a/","auth":{"bearer":"a b"}}""", "/http/auth/bearer")]
    [InlineData("http", """{"url":"http://a/","auth":{"basic":{"user":"a:b","password":""}}}""", "/http/auth/basic")]
    [InlineData("http", """{"url":"http://a/","followRedirects":21}""", "/http/followRedirects")]
    [InlineData("http", """{"url":"http://a/","version":"3"}""", "/http/version")]
    [InlineData("http", """{"url":"http://a/","proxy":"socks5://a:1080"}""", "/http/proxy")]
    [InlineData("http", """{"url":"http://a/","proxy":"http://user:secret@a:3128"}""", "/http/proxy")]
    [InlineData("http", """{"url":"http://a/","serverName":"a b"}""", "/http/serverName")]
    [InlineData("http", """{"url":"http://a/","maxBodyBytes":10485761}""", "/http/maxBodyBytes")]
    [InlineData("http", """{"url":"http://a/","addressFamily":"ipx"}""", "/http/addressFamily")]
    [InlineData("http", """{"url":"http://a/","expect":{"headers":{"a":"("}}}""", "/http/expect/headers")]
    [InlineData("http", """{"url":"http://a/","expect":{"headers":{"a b":"c"}}}""", "/http/expect/headers")]
    [InlineData(
        "http",
        """{"url":"http://a/","expect":{"json":[{"path":"$.a[*]","equals":"1"}]}}""",
        "/http/expect/json/0/path"
    )]
    [InlineData("http", """{"url":"http://a/","expect":{"json":[{"path":"$.a"}]}}""", "/http/expect/json/0/matches")]
    [InlineData("http", """{"url":"http://a/","expect":{"json":[null]}}""", "/http/expect/json/0")]
    [InlineData(
        "http",
        """{"url":"http://a/","expect":{"certificateDaysLeft":-1}}""",
        "/http/expect/certificateDaysLeft"
    )]
    [InlineData("http", """{"url":"http://a/"},"tcp":{"host":"a","port":1}""", "/tcp")]
    public async Task A_bad_setting_is_refused_by_name(string kind, string settings, string pointer)
    {
        var json = $$"""{"name":"x","kind":"{{kind}}","interval":"PT5S","{{kind}}":{{settings}}}""";
        using var response = await _client.SendAsync("POST", Path, json);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest, await response.Content.ReadAsStringAsync());
        var problem = await response.ReadAsync();
        problem.GetProperty("errors").TryGetProperty(pointer, out _).ShouldBeTrue(problem.ToString());
    }

    /// <summary>What is null is absent, and the order of members is by their names.</summary>
    private static JsonNode Absent(JsonNode node) =>
        node switch
        {
            JsonObject members => new JsonObject(
                members
                    .Where(m => m.Value is not null)
                    .OrderBy(m => m.Key, StringComparer.Ordinal)
                    .Select(m => KeyValuePair.Create(m.Key, (JsonNode?)Absent(m.Value!)))
            ),
            JsonArray items => new JsonArray([.. items.Select(item => Absent(item!))]),
            _ => node.DeepClone(),
        };
}
