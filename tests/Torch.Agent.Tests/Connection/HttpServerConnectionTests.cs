using System.Net;
using System.Security.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Torch.Agent.Connection;
using Torch.Agent.Logging;
using Torch.Contracts;
using Torch.Testing;

namespace Torch.Agent.Tests.Connection;

/// <summary>The agent's way to a server elsewhere, over HTTPS with a private authority.</summary>
public sealed class HttpServerConnectionTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Authority _authority = new("Torch test authority");
    private readonly HttpsServer _server;

    public HttpServerConnectionTests() => _server = new(_authority);

    public async ValueTask InitializeAsync() => await _server.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _authority.Dispose();
    }

    [Fact]
    public async Task A_server_with_a_certificate_of_the_given_authority_is_trusted_and_no_other()
    {
        using var other = new Authority("Another authority");
        using var trusting = Connection();
        (await trusting.DeliverAsync(Delivery(), Stop)).ShouldBe(2);
        trusting.Name.ShouldBe("rack 7");

        foreach (var file in new[] { other.File, null })
        {
            using var connection = Connection(file);
            var fault = await Should.ThrowAsync<HttpRequestException>(() => connection.DeliverAsync(Delivery(), Stop));
            fault.InnerException.ShouldBeOfType<AuthenticationException>();
        }
        _server.Count("session").ShouldBe(1);
    }

    [Fact]
    public async Task A_file_without_authorities_is_refused_before_anything_is_sent()
    {
        var empty = Path.Combine(Path.GetTempPath(), $"torch-empty-{Guid.NewGuid():N}.pem");
        await File.WriteAllTextAsync(empty, "nothing\n", Stop);
        Should.Throw<System.Security.Cryptography.CryptographicException>(() => Connection(empty));
        File.Delete(empty);
    }

    [Theory]
    [InlineData("http://torch.example", "in the clear")]
    [InlineData("ftp://127.0.0.1", "not an address")]
    public void A_key_travels_in_the_clear_to_this_machine_only(string server, string problem)
    {
        new ServerAddress(new Uri(server), "torch_a_b").Problem!.ShouldContain(problem);
        new ServerAddress(new Uri("http://127.0.0.1:8080"), "torch_a_b").Problem.ShouldBeNull();
    }

    [Fact]
    public async Task A_wrong_key_is_said_so_and_not_tried_again_at_once()
    {
        _server.Refusals["session"] = (HttpStatusCode.Unauthorized, "unauthenticated");
        using var connection = Connection();

        for (var i = 0; i < 3; i++)
        {
            var refusal = await Should.ThrowAsync<ServerRefusalException>(() =>
                connection.DeliverAsync(Delivery(), Stop)
            );
            refusal.Message.ShouldContain("does not know this agent's key");
        }
        _server.Count("session").ShouldBe(1);
    }

    [Fact]
    public async Task A_delivery_is_gzipped_and_answered_with_where_the_server_stands()
    {
        using var connection = Connection();
        var delivery = Delivery();
        _server.Offset = 17;

        (await connection.DeliverAsync(delivery, Stop)).ShouldBe(17);
        _server.Taken.TryDequeue(out var taken).ShouldBeTrue();
        taken.Encoding.ShouldBe("gzip");
        (taken.Delivery.SpoolId, taken.Delivery.From, taken.Delivery.To).ShouldBe((delivery.SpoolId, 0, 2));
        taken.Delivery.Gaps.ShouldHaveSingleItem().Reason.ShouldBe("full");
    }

    [Fact]
    public async Task A_list_comes_at_once_and_the_next_when_it_is_another_with_the_one_before_confirmed()
    {
        using var connection = Connection();
        await using var lists = connection.ChecksAsync(Stop).GetAsyncEnumerator(Stop);

        (await NextAsync(lists)).ShouldBeEmpty();
        var next = lists.MoveNextAsync().AsTask();
        await Eventually.IsTrueAsync(() => _server.Asked.Any(a => a.StartsWith("checks?epoch=1&version=1")));
        _server.Give(null, Check("a"), Check("b"));
        (await next.WaitAsync(Patience, Stop)).ShouldBeTrue();
        lists.Current.Select(c => c.Name).ShouldBe(["a", "b"]);
        next = lists.MoveNextAsync().AsTask();
        await Eventually.IsTrueAsync(() => _server.Asked.Any(a => a.StartsWith("checks?epoch=1&version=2")));
        _server.Give(null);
        await next.WaitAsync(Patience, Stop);
    }

    [Fact]
    public async Task Where_the_lease_lapses_probing_stops_until_the_server_is_back()
    {
        _server.Give(TimeSpan.FromSeconds(1), Check("a"));
        using var connection = Connection();
        await using var lists = connection.ChecksAsync(Stop).GetAsyncEnumerator(Stop);
        (await NextAsync(lists)).ShouldHaveSingleItem();
        var next = lists.MoveNextAsync().AsTask();
        // Renewed, it lasts for longer than it is.
        await Eventually.IsTrueAsync(() => _server.Count("heartbeat") > 12);
        next.IsCompleted.ShouldBeFalse();

        await _server.StopAsync();
        (await next.WaitAsync(Patience, Stop)).ShouldBeTrue();
        lists.Current.ShouldBeEmpty();

        next = lists.MoveNextAsync().AsTask();
        await _server.StartAsync();
        (await next.WaitAsync(Patience, Stop)).ShouldBeTrue();
        lists.Current.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_lone_agent_goes_on_without_its_server_and_delivers_when_it_is_back()
    {
        _server.Give(null, Check("a"));
        using var connection = Connection();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        await using var lists = connection.ChecksAsync(end.Token).GetAsyncEnumerator(Stop);
        (await NextAsync(lists)).ShouldHaveSingleItem();
        var next = lists.MoveNextAsync().AsTask();

        await _server.StopAsync();
        await Should.ThrowAsync<HttpRequestException>(() => connection.DeliverAsync(Delivery(), Stop));
        next.IsCompleted.ShouldBeFalse();
        await _server.StartAsync();
        (await connection.DeliverAsync(Delivery(), Stop)).ShouldBe(2);
        _server.Count("session").ShouldBe(1);
        await end.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(next);
    }

    [Fact]
    public async Task One_that_is_started_while_its_server_is_away_goes_on_with_its_last_list()
    {
        var file = KeptFile();
        _server.Give(null, Check("a"), Check("b"));
        await ReadOneAsync(file);
        await _server.StopAsync();

        using var connection = Connection(_authority.File, file);
        await using var lists = connection.ChecksAsync(Stop).GetAsyncEnumerator(Stop);
        (await NextAsync(lists)).Select(c => c.Name).ShouldBe(["a", "b"]);
        var next = lists.MoveNextAsync().AsTask();
        _server.Give(null, Check("c"));
        await _server.StartAsync();
        (await next.WaitAsync(Patience, Stop)).ShouldBeTrue();
        lists.Current.ShouldHaveSingleItem().Name.ShouldBe("c");
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public async Task A_list_that_needs_a_lease_or_is_another_agents_is_not_gone_on_with()
    {
        var file = KeptFile();
        _server.Give(null, Check("a"));
        await ReadOneAsync(file);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Kept(file, "torch_1_secret").Read().ShouldBeNull();
        Kept(file, "torch_0_rotated").Read().ShouldNotBeNull();

        _server.Give(TimeSpan.FromSeconds(15), Check("a"));
        await ReadOneAsync(file);
        File.Exists(file).ShouldBeFalse();
        Directory.Delete(Path.GetDirectoryName(file)!);
    }

    [Fact]
    public async Task A_server_that_refuses_is_not_away()
    {
        var file = KeptFile();
        _server.Give(null, Check("a"));
        await ReadOneAsync(file);
        _server.Refusals["session"] = (HttpStatusCode.Unauthorized, "unauthenticated");

        using var connection = Connection(_authority.File, file);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        await using var lists = connection.ChecksAsync(end.Token).GetAsyncEnumerator(Stop);
        var next = lists.MoveNextAsync().AsTask();
        await Eventually.IsTrueAsync(() => _server.Count("session") > 1);
        next.IsCompleted.ShouldBeFalse();
        await end.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(next);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public async Task One_whose_place_another_process_has_taken_stops_for_good()
    {
        _server.Give(null, Check("a"));
        using var connection = Connection();
        await using var lists = connection.ChecksAsync(Stop).GetAsyncEnumerator(Stop);
        (await NextAsync(lists)).ShouldHaveSingleItem();
        _server.Refusals["heartbeat"] = (HttpStatusCode.Conflict, "fenced");
        _server.Refusals["results"] = (HttpStatusCode.Conflict, "fenced");

        (await NextAsync(lists)).ShouldBeEmpty();
        var refusal = await Should.ThrowAsync<ServerRefusalException>(() => connection.DeliverAsync(Delivery(), Stop));
        refusal.IsFenced.ShouldBeTrue();
        _server.Count("session").ShouldBe(1);
    }

    [Fact]
    public async Task A_session_that_is_over_is_followed_by_another()
    {
        using var connection = Connection();
        (await connection.DeliverAsync(Delivery(), Stop)).ShouldBe(2);
        _server.Refusals["results"] = (HttpStatusCode.Conflict, "session_over");
        var delivery = connection.DeliverAsync(Delivery(), Stop);
        await Eventually.IsTrueAsync(() => _server.Count("session") > 1);
        _server.Refusals.Clear();

        (await delivery.WaitAsync(Patience, Stop)).ShouldBe(2);
        _server.Asked.Last(a => a.StartsWith("results")).ShouldNotBe("results?epoch=1");
    }

    private static string KeptFile() =>
        Path.Combine(Path.GetTempPath(), $"torch-kept-{Guid.NewGuid():N}", "checks.json");

    private KeptChecks Kept(string file, string key) => new(file, new(_server.Address, key), NullLogger.Instance);

    private async Task ReadOneAsync(string kept)
    {
        using var connection = Connection(_authority.File, kept);
        await using var lists = connection.ChecksAsync(Stop).GetAsyncEnumerator(Stop);
        (await NextAsync(lists)).ShouldNotBeEmpty();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_agent_logs_goes_with_heartbeats_and_waits_while_the_server_is_away()
    {
        using var logs = new AgentLogs(TimeProvider.System);
        var log = logs.CreateLogger("Torch.Agent.Scheduling.Scheduler");
        using var connection = Connection(_authority.File, logs: logs);
        await using var lists = connection.ChecksAsync(Stop).GetAsyncEnumerator(Stop);
        (await NextAsync(lists)).ShouldBeEmpty();
        log.LogWarning("one");
        await Eventually.IsTrueAsync(() => _server.Lines.Any(l => l[0].Message == "one"));

        _server.Refusals["heartbeat"] = (HttpStatusCode.ServiceUnavailable, "away");
        log.LogError("two");
        var asked = _server.Count("heartbeat");
        await Eventually.IsTrueAsync(() => _server.Count("heartbeat") > asked + 1);
        _server.Refusals.Clear();
        await Eventually.IsTrueAsync(() => _server.Lines.Any(l => l[0].Message == "two"));
        _server.Lines.SelectMany(l => l).Select(l => l.Message).ShouldBe(["one", "two"]);
    }

    [Fact]
    public async Task A_server_that_knows_of_no_lines_gets_its_heartbeats_all_the_same()
    {
        _server.KnowsLines = false;
        using var logs = new AgentLogs(TimeProvider.System);
        using var connection = Connection(_authority.File, logs: logs);
        logs.CreateLogger("Torch.Agent.Spool.DiskSpool").LogWarning("odd");
        await using var lists = connection.ChecksAsync(Stop).GetAsyncEnumerator(Stop);
        (await NextAsync(lists)).ShouldBeEmpty();

        await Eventually.IsTrueAsync(() => _server.Beats >= 3);
    }

    private HttpServerConnection Connection() => Connection(_authority.File);

    private HttpServerConnection Connection(string? caFile, string? kept = null, AgentLogs? logs = null) =>
        new(
            new(_server.Address, "torch_0_secret", caFile),
            "1.0.0",
            TimeProvider.System,
            NullLogger<HttpServerConnection>.Instance,
            kept,
            logs
        )
        {
            Condition = () => new(Guid.CreateVersion7()),
        };

    private static async Task<IReadOnlyList<ScheduledCheck>> NextAsync(
        IAsyncEnumerator<IReadOnlyList<ScheduledCheck>> lists
    )
    {
        (await lists.MoveNextAsync().AsTask().WaitAsync(Patience, Stop)).ShouldBeTrue();
        return lists.Current;
    }

    private static ResultDelivery Delivery()
    {
        var now = DateTimeOffset.UtcNow;
        return new(Guid.CreateVersion7(), 0, 2, [], [new(Guid.CreateVersion7(), now, now, 2, GapReasons.Full)]);
    }

    private static ScheduledCheck Check(string name) =>
        new(
            Guid.CreateVersion7(),
            1,
            name,
            CheckKind.Http,
            TimeSpan.FromSeconds(5),
            TimeSpan.FromSeconds(3),
            new(new HttpSettings("http://127.0.0.1:9/"))
        );
}
