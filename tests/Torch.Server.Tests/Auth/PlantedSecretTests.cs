using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Torch.EventStore.Copying;
using Torch.Server.Auth;
using Torch.Server.Copying;

namespace Torch.Server.Tests.Auth;

/// <summary>Plants secrets wherever one can be given, and looks for them wherever something can be read.</summary>
public sealed class PlantedSecretTests
{
    private const string AdminKey = "planted-admin-key-0123456789-0123456789";
    private const string ClientSecret = "planted-client-secret";
    private readonly Dictionary<string, string> _planted = [];

    [Fact]
    public async Task No_planted_secret_is_found_in_the_database_the_logs_the_api_or_an_export()
    {
        var logs = new Collected();
        await using var torch = await TorchFactory.StartLoggedAsync(
            logs,
            ("ADMIN_KEY", AdminKey),
            ("OAUTH_CLIENT_ID", "torch"),
            ("OAUTH_CLIENT_SECRET", ClientSecret),
            ("OAUTH_AUTHORIZE_URL", "https://provider.example/authorize"),
            ("OAUTH_TOKEN_URL", "https://provider.example/token"),
            ("OAUTH_USERINFO_URL", "https://provider.example/userinfo")
        );
        (_planted["admin key"], _planted["client secret"]) = (AdminKey, ClientSecret);
        using var admin = torch.Client(AdminKey);
        await PlantAsync(torch, admin);
        _planted.Count.ShouldBeGreaterThanOrEqualTo(30);

        Search("the database", await DumpAsync(torch));
        Search("the API", await AnswersAsync(admin));
        Search("an export", await ExportAsync(torch));
        Search("the logs", string.Join('\n', logs.Lines));
        logs.Lines.ShouldNotBeEmpty();
    }

    private void Search(string where, string text)
    {
        text.Length.ShouldBeGreaterThan(1_000);
        _planted.Where(p => text.Contains(p.Value, StringComparison.Ordinal)).Select(p => p.Key).ShouldBeEmpty(where);
    }

    private string New(string name) => _planted[name] = $"planted-{Guid.NewGuid():N}";

    private async Task PlantAsync(TorchFactory torch, HttpClient admin)
    {
        await PlantInChecksAsync(admin);
        await PlantInAccountsAsync(torch, admin);
        await PlantInChannelsAsync(admin);
        var (id, key) = await admin.AddKeyAsync(new { name = "planted", scopes = new[] { "read" } });
        _planted["a key"] = Secret(key);
        var rotated = await admin.ExpectAsync(HttpStatusCode.OK, "POST", $"/api/v1/keys/{id}/rotate", "{}");
        _planted["a rotated key"] = Secret(rotated.Text("key"));
        using var client = torch.Client(rotated.Text("key"));
        await client.FetchAsync("/api/v1/nodes");
        var agent = await admin.ExpectAsync(HttpStatusCode.Created, "POST", "/api/v1/agents", """{"name":"planted"}""");
        _planted["an agent's key"] = Secret(agent.Text("key"));
        var next = await admin.ExpectAsync(HttpStatusCode.OK, "POST", $"/api/v1/agents/{agent.Text("id")}/key");
        _planted["an agent's rotated key"] = Secret(next.Text("key"));
        using var wrong = await admin.SendAsync(
            "POST",
            "/api/v1/session",
            JsonSerializer.Serialize(new { key = New("a wrong key") })
        );
    }

    private async Task PlantInChecksAsync(HttpClient admin)
    {
        foreach (var round in new[] { "first", "second" })
        foreach (var (kind, settings) in Settings(round))
        {
            var body = JsonSerializer.Serialize(
                new Dictionary<string, object>
                {
                    ["name"] = $"planted {kind}",
                    ["kind"] = kind.Split(' ')[0],
                    ["interval"] = "PT1H",
                    [kind.Split(' ')[0]] = settings,
                }
            );
            if (round == "first")
                _checks[kind] = (await admin.ExpectAsync(HttpStatusCode.Created, "POST", "/api/v1/checks", body)).Text(
                    "id"
                );
            else
                await admin.ExpectAsync(HttpStatusCode.OK, "PUT", $"/api/v1/checks/{_checks[kind]}", body);
        }
    }

    private readonly Dictionary<string, string> _checks = [];

    // Nobody listens at these addresses: what is said of a delivery that failed is looked through, too.
    private async Task PlantInChannelsAsync(HttpClient admin)
    {
        string Url(string name) => $"https://127.0.0.1:9/hooks/{New(name)}";
        var signing = _planted["a signing secret"] = Convert.ToBase64String(
            Guid.NewGuid().ToByteArray().Concat(Guid.NewGuid().ToByteArray()).ToArray()
        );
        object[] channels =
        [
            new
            {
                name = "planted chat",
                kind = "slack",
                url = Url("a chat's address"),
            },
            new
            {
                name = "planted hook",
                kind = "webhook",
                url = Url("a hook's address"),
                authorization = $"Bearer {New("a hook's authorization")}",
                signingSecret = $"whsec_{signing}",
            },
            new
            {
                name = "planted mail",
                kind = "email",
                email = new
                {
                    host = "127.0.0.1",
                    port = 9,
                    from = "torch@a.example",
                    to = new[] { "ops@a.example" },
                    user = "torch",
                    password = New("a mail server's password"),
                },
            },
        ];
        foreach (var channel in channels)
        {
            var body = JsonSerializer.Serialize(channel);
            var made = await admin.ExpectAsync(HttpStatusCode.Created, "POST", "/api/v1/channels", body);
            var test = await admin.ExpectAsync(HttpStatusCode.OK, "POST", $"/api/v1/channels/{made.Text("id")}/test");
            test.GetProperty("delivered").GetBoolean().ShouldBeFalse();
            _told.AppendLine(test.GetRawText());
        }
        var push = JsonSerializer.Serialize(new { source = "planted", token = New("a push token") });
        await admin.ExpectAsync(HttpStatusCode.Created, "POST", "/api/v1/push-keys", push);
        var backup = $$"""
            {"monitorList":[{"id":1,"name":"planted push","type":"push","pushToken":"{{New(
                "an imported token"
            )}}","interval":60}]}
            """;
        var import = JsonSerializer.Serialize(new { text = backup });
        foreach (var path in (string[])["plan", "apply", "apply"])
            _told.AppendLine(
                (await admin.ExpectAsync(HttpStatusCode.OK, "POST", $"/api/v1/import/kuma/{path}", import)).GetRawText()
            );
        _told.ToString().ShouldContain("pushKey");
    }

    private readonly StringBuilder _told = new();

    private IEnumerable<(string Kind, object Settings)> Settings(string round)
    {
        var headers = new Dictionary<string, string>
        {
            ["Authorization"] = New($"{round} authorization"),
            ["Cookie"] = New($"{round} cookie"),
            ["X-Api-Key"] = New($"{round} api key"),
        };
        yield return ("http", new { url = "https://a.example/", headers });
        yield return ("http basic", new { url = "https://a.example/", auth = Basic(New($"{round} basic")) });
        yield return ("feed", new { url = "https://a.example/", auth = new { bearer = New($"{round} bearer") } });
        yield return (
            "postgres",
            new
            {
                host = "a.example",
                user = "u",
                password = New($"{round} postgres"),
            }
        );
    }

    private static object Basic(string password) => new { basic = new { user = "u", password } };

    private async Task PlantInAccountsAsync(TorchFactory torch, HttpClient admin)
    {
        _planted["the set-up token"] = torch.Services.GetRequiredService<Setup>().Token;
        var (first, second, third) = (New("a password"), New("a changed password"), New("a given password"));
        var person = await admin.ExpectAsync(
            HttpStatusCode.Created,
            "POST",
            "/api/v1/people",
            JsonSerializer.Serialize(
                new
                {
                    name = "planted",
                    role = "admin",
                    password = first,
                }
            )
        );
        var cookie = await torch.SignInAsync("planted", first);
        _planted["a cookie"] = cookie.Split('=')[1];
        using var browser = torch.Browser(cookie);
        var body = JsonSerializer.Serialize(new { current = first, password = second });
        await browser.ExpectAsync(HttpStatusCode.OK, "PUT", "/api/v1/session/password", body);
        var given = JsonSerializer.Serialize(new { password = third });
        await admin.ExpectAsync(HttpStatusCode.OK, "PUT", $"/api/v1/people/{person.Text("id")}/password", given);
        using var client = torch.Client();
        using var wrong = await client.SignInAsync("planted", New("a wrong password"));
        wrong.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static string Secret(string key) => key[(key.IndexOf('_', 7) + 1)..];

    // As pg_dump would have it: every row of every table.
    private static async Task<string> DumpAsync(TorchFactory torch)
    {
        var db = torch.Database.DataSource;
        var tables = new List<string>();
        const string all = """
            select format('%I.%I', schemaname, tablename) from pg_tables where schemaname not in ('pg_catalog', 'information_schema')
            """;
        await using (var names = await db.CreateCommand(all).ExecuteReaderAsync())
            while (await names.ReadAsync())
                tables.Add(names.GetString(0));
        tables.ShouldContain("torch_auth.passwords");
        var dump = new StringBuilder();
        foreach (var table in tables)
        {
            await using var rows = await db.CreateCommand($"select t::text from {table} t").ExecuteReaderAsync();
            while (await rows.ReadAsync())
                dump.AppendLine(rows.GetString(0));
        }
        return dump.ToString();
    }

    private async Task<string> AnswersAsync(HttpClient admin)
    {
        var answers = new StringBuilder();
        string[] lists =
        [
            "checks",
            "events?newest=true&limit=1000",
            "audit?limit=1000",
            "people",
            "keys",
            "sessions?all=true",
            "agents",
            "session",
            "system",
            "channels",
            "notices",
            "push-keys",
            "system/logs",
        ];
        foreach (var path in lists.Concat(_checks.Values.Select(id => "checks/" + id)))
            answers.AppendLine((await admin.FetchAsync("/api/v1/" + path)).GetRawText());
        answers.Append(_told).AppendLine(await admin.GetStringAsync("/api/v1/config"));
        using var lines = await admin.SendAsync("GET", "/api/v1/events", null, ("Accept", "application/x-ndjson"));
        return answers.Append(await lines.Content.ReadAsStringAsync()).ToString();
    }

    private static async Task<string> ExportAsync(TorchFactory torch)
    {
        var file = Path.Combine(Path.GetTempPath(), $"torch-planted-{Guid.NewGuid():N}.gz");
        try
        {
            var options = new ExportOptions { Tables = CopiedState.Tables, Checkpoints = CopiedState.Checkpoints };
            await new LogExport(torch.Database.DataSource, options).RunAsync(file, CancellationToken.None);
            await using var stream = File.OpenRead(file);
            await using var plain = new GZipStream(stream, CompressionMode.Decompress);
            using var text = new StreamReader(plain);
            return await text.ReadToEndAsync();
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Everything that is logged, at every level.</summary>
    private sealed class Collected : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            Lines.Enqueue(state.ToString() ?? "");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Lines.Enqueue(formatter(state, exception) + exception);

        public void Dispose() { }
    }
}
