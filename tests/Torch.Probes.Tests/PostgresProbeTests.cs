using System.Net;
using Npgsql;
using Torch.Contracts;
using Torch.Testing;
using static Torch.Probes.Tests.Probing;

namespace Torch.Probes.Tests;

/// <summary>Against a real server, with a role for each kind of login.</summary>
public sealed class PostgresProbeTests : IAsyncLifetime
{
    private static readonly string[] Kinds = ["scram-sha-256", "md5", "password"];

    private readonly Certificates _authority = new();
    private NpgsqlDataSource _admin = null!;
    private FaultProxy _proxy = null!;
    private NpgsqlConnectionStringBuilder _at = null!;
    private string _rulesFile = "";
    private string _rules = "";

    public async ValueTask InitializeAsync()
    {
        var connection = await PostgresServer.ConnectionStringAsync();
        _admin = NpgsqlDataSource.Create(connection);
        _proxy = FaultProxy.Before(connection);
        _at = new NpgsqlConnectionStringBuilder(_proxy.ConnectionString);
        _rulesFile = await ReadAsync("select current_setting('hba_file')");
        _rules = await ReadAsync("select pg_read_file(current_setting('hba_file'))");
        foreach (var kind in Kinds)
        {
            var encryption = kind is "md5" ? "md5" : "scram-sha-256";
            await ExecuteAsync(
                $"set password_encryption = '{encryption}'; create role \"{Role(kind)}\" login password 'pässword'"
            );
        }
        await WriteRulesAsync(string.Concat(Kinds.Select(k => $"local all \"{Role(k)}\" {k}\n")) + _rules);
    }

    public async ValueTask DisposeAsync()
    {
        await WriteRulesAsync(_rules);
        foreach (var kind in Kinds)
            await ExecuteAsync($"drop role \"{Role(kind)}\"");
        await _proxy.DisposeAsync();
        await _admin.DisposeAsync();
        _authority.Dispose();
    }

    [Fact]
    public async Task A_session_and_a_query_are_timed_and_its_number_is_measured()
    {
        var result = await Session(Settings());
        result.ShouldBeUp();
        result.Measures!["value"].ShouldBe(1);
        result.Text.ShouldBe("1");
        result.Latency.Connect!.Value.ShouldBeGreaterThan(0);
        result.Latency.FirstByte!.Value.ShouldBeGreaterThan(0);
        result.Address.ShouldBe("127.0.0.1");
    }

    [Theory]
    [InlineData("select 2.5::numeric", "2.5", 2.5)]
    [InlineData("select count(*) from pg_class where false;", "0", 0.0)]
    [InlineData("select generate_series(7, 9)", "7", 7.0)]
    [InlineData("select 'up', 2", "up", null)]
    [InlineData("select null", null, null)]
    [InlineData("select 1 where false", null, null)]
    public async Task The_first_value_is_what_counts(string query, string? text, double? value)
    {
        var result = await Session(Settings() with { Query = query });
        result.ShouldBeUp();
        result.Text.ShouldBe(text);
        (result.Measures is { } measures ? measures["value"] : (double?)null).ShouldBe(value);
    }

    [Theory]
    [InlineData("create table torch_probe_was_here (x int)", "25006")]
    [InlineData("select 1; create table torch_probe_was_here (x int)", "42601")]
    [InlineData("commit; create table torch_probe_was_here (x int)", "42601")]
    [InlineData("select 1/0", "22012")]
    [InlineData("selec 1", "42601")]
    public async Task A_query_that_writes_or_fails_is_query(string query, string state)
    {
        var result = await Session(Settings() with { Query = query });
        result.ShouldBeDown("query");
        result.Message!.ShouldContain(state);
        (await ReadAsync("select count(*)::text from pg_class where relname = 'torch_probe_was_here'")).ShouldBe("0");
    }

    [Theory]
    [InlineData("scram-sha-256")]
    [InlineData("md5")]
    public async Task A_password_is_proved_and_a_wrong_one_is_login(string kind)
    {
        var settings = Settings() with { User = Role(kind), Password = "pässword" };
        (await Session(settings)).ShouldBeUp();
        (await Session(settings with { Password = "wrong" })).ShouldBeDown("login");
        (await Session(settings with { Password = null })).ShouldBeDown("login");
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_login() =>
        (await Session(Settings() with { Database = "nowhere" })).ShouldBeDown("login");

    [Fact]
    public async Task A_password_goes_in_the_clear_over_tls_only()
    {
        using var certificate = _authority.For("db.test");
        var settings = Settings() with { User = Role("password"), Password = "pässword" };
        (await Session(settings)).ShouldBeDown("login");
        await using var relay = TlsRelay.Before(new IPEndPoint(IPAddress.Loopback, _at.Port), certificate);
        (await Session(settings with { Port = relay.Port })).ShouldBeUp();
    }

    [Theory]
    [InlineData("disable", null, null)]
    [InlineData("prefer", null, null)]
    [InlineData("require", "tls", null)]
    [InlineData("verify", "tls", "certificate")]
    public async Task Tls_is_asked_for_as_the_check_says(string mode, string? without, string? withStranger)
    {
        (await Session(Settings() with { Tls = mode })).Cause.ShouldBe(without);
        if (mode is "disable")
            return;
        using var certificate = _authority.For("db.test");
        await using var relay = TlsRelay.Before(new IPEndPoint(IPAddress.Loopback, _at.Port), certificate);
        var settings = Settings() with { Tls = mode, Host = "db.test", Port = relay.Port };
        var context = Context with { Resolve = Names("127.0.0.1") };
        (await Session(settings, context)).Cause.ShouldBe(withStranger);
        var result = await Session(settings, context with { Roots = _authority.Roots });
        result.ShouldBeUp();
        result.Certificate!.Subject.ShouldBe("CN=db.test");
        result.Latency.Tls.ShouldNotBeNull();
    }

    [Fact]
    public async Task What_is_no_postgresql_is_protocol_and_takes_no_memory()
    {
        await using var talker = TestListener.Talking(async dialogue =>
        {
            await dialogue.HearAsync(8);
            await dialogue.SayAsync("N");
            await dialogue.HearAsync(8);
            // An answer of 2 GiB, as its length says.
            await dialogue.SayAsync([(byte)'R', 0x7f, 0xff, 0xff, 0xff]);
            await dialogue.HearAsync(int.MaxValue);
        });
        (await Session(Settings() with { Port = talker.Port })).ShouldBeDown("protocol");
        await using var web = TestServer.Answering(TestServer.Ok());
        (await Session(Settings() with { Port = web.Port }, timeoutMs: 500)).Outcome.ShouldBe(ProbeOutcome.Down);
    }

    private PostgresSettings Settings() =>
        new("127.0.0.1", _at.Username!, _at.Port, _at.Database ?? "postgres", _at.Password);

    private static string Role(string kind) => "torch_probe_" + kind;

    private async Task<string> ReadAsync(string sql)
    {
        await using var command = _admin.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _admin.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    // The server writes it itself: it may run as another user.
    private async Task WriteRulesAsync(string rules)
    {
        await using var connection = await _admin.OpenConnectionAsync();
        await using (
            var table = new NpgsqlCommand("create temp table rules as select unnest($1::text[]) line", connection)
        )
        {
            table.Parameters.AddWithValue(rules.Split('\n'));
            await table.ExecuteNonQueryAsync();
        }
        var copy = $"copy rules to '{_rulesFile}'; drop table rules; select pg_reload_conf()";
        await using var command = new NpgsqlCommand(copy, connection);
        await command.ExecuteNonQueryAsync();
    }
}
