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
            {
                "tcp",
                """
                    {"host":"mail.example","port":25,"steps":[{"expect":"^220 "},{"send":"STARTTLS\r\n","expect":"^220 ","startTls":true}],
                     "tls":false,"ignoreCertificate":true,"serverName":"inner.example","addressFamily":"ipv4"}
                    """
            },
            {
                "tls",
                """
                    {"host":"mail.example","port":587,"serverName":"inner.example","startTls":"smtp","ignoreCertificate":false,"daysLeft":14,
                     "addressFamily":"any"}
                    """
            },
            {
                "dns",
                """
                    {"name":"example.com","type":"MX","server":"9.9.9.9","port":5353,"transport":"tcp",
                     "expect":{"rcode":"NOERROR","answers":["10 mail.example.com"],"matches":"^10 "}}
                    """
            },
            {
                "icmp",
                """{"host":"gw.example","count":5,"packetBytes":0,"addressFamily":"ipv6","expect":{"maxLoss":20}}"""
            },
            {
                "postgres",
                """
                    {"host":"db.example","user":"torch","port":5433,"database":"shop","password":"secret","tls":"verify",
                     "query":"select count(*) from orders","addressFamily":"ipv4"}
                    """
            },
            {
                "feed",
                """
                    {"url":"https://inventory.example/devices","headers":{"X-A":"1"},"auth":{"bearer":"secret"},"items":"$.data[0].devices",
                     "idField":"key","nameField":"label","statusField":"state","addressField":"ip","statuses":{"odd":"degraded","on":"up"}}
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
            .ShouldBe(Absent(written).ToJsonString().Replace("\"secret\"", "\"********\"", StringComparison.Ordinal));

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
    [InlineData("http", """{"url":"http://user:secret@a/"}""", "/http/url")]
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
    [InlineData("tcp", """{"host":"a b","port":1}""", "/tcp/host")]
    [InlineData("tcp", """{"host":"a","port":0}""", "/tcp/port")]
    [InlineData("tcp", """{"host":"a","port":1,"steps":[null]}""", "/tcp/steps/0")]
    [InlineData("tcp", """{"host":"a","port":1,"steps":[{"expect":"("}]}""", "/tcp/steps/0/expect")]
    [InlineData("tcp", """{"host":"a","port":1,"tls":true,"steps":[{"startTls":true}]}""", "/tcp/steps")]
    [InlineData("tls", """{"host":"a:443"}""", "/tls/host")]
    [InlineData("tls", """{"host":"a","startTls":"xmpp"}""", "/tls/startTls")]
    [InlineData("tls", """{"host":"a","daysLeft":-1}""", "/tls/daysLeft")]
    [InlineData("dns", """{"name":"a..b"}""", "/dns/name")]
    [InlineData("dns", """{"name":"a","type":"ANY"}""", "/dns/type")]
    [InlineData("dns", """{"name":"a","transport":"quic"}""", "/dns/transport")]
    [InlineData("dns", """{"name":"a","expect":{"rcode":"OK"}}""", "/dns/expect/rcode")]
    [InlineData("dns", """{"name":"a","expect":{"answers":[]}}""", "/dns/expect/answers")]
    [InlineData("icmp", """{"host":"a","count":21}""", "/icmp/count")]
    [InlineData("icmp", """{"host":"a","packetBytes":1401}""", "/icmp/packetBytes")]
    [InlineData("icmp", """{"host":"a","expect":{"maxLoss":101}}""", "/icmp/expect/maxLoss")]
    [InlineData("postgres", """{"host":"a","user":""}""", "/postgres/user")]
    [InlineData("postgres", """{"host":"a","user":"u","tls":"maybe"}""", "/postgres/tls")]
    [InlineData("postgres", """{"host":"a","user":"u","query":" "}""", "/postgres/query")]
    [InlineData("feed", """{"url":"ftp://a/"}""", "/feed/url")]
    [InlineData("feed", """{"url":"http://a/","items":"$.a[*]"}""", "/feed/items")]
    [InlineData("feed", """{"url":"http://a/","idField":""}""", "/feed/idField")]
    [InlineData("feed", """{"url":"http://a/","statuses":{"on":""}}""", "/feed/statuses")]
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
