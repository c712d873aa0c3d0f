using Torch.Testing;

namespace Torch.Server.Tests.Agents;

/// <summary>Checks move when the agent that runs them dies, through the server's own watch over its agents.</summary>
public sealed class TakeoverTests() : FastTorch(factor: 4)
{
    private const int Checks = 12;

    [Fact]
    public async Task The_checks_of_an_agent_that_dies_are_anothers_once_its_lease_is_over()
    {
        for (var i = 0; i < Checks; i++)
            await CheckAsync($"site {i}", Http("berlin"));
        using var one = await AgentAsync("rack 1", "berlin");
        using var other = await AgentAsync("rack 2", "berlin");
        await using var dying = new Working(one, _time);
        await using var staying = new Working(other, _time);
        await Eventually.IsTrueAsync(() =>
            dying.List.Count > 0 && staying.List.Count > 0 && dying.List.Union(staying.List).Count() == Checks
        );
        dying.List.Intersect(staying.List).ShouldBeEmpty();

        await dying.DisposeAsync();
        var heard = dying.HeardAt;
        var before = staying.List.Count;
        await Eventually.IsTrueAsync(() => staying.List.Count == Checks, TimeSpan.FromSeconds(20));

        // Not while it may still be probing. How soon is a matter of the machine here; the drill of a cut network holds it to 20 s.
        (staying.ChangedAt - heard).ShouldBeGreaterThan(TimeSpan.FromSeconds(15));
        before.ShouldBeLessThan(Checks);
    }

    /// <summary>An agent that puts each list to work as soon as it has it, and says every two seconds that it is there.</summary>
    private sealed class Working : IAsyncDisposable
    {
        private readonly CancellationTokenSource _end = new();
        private readonly Task _work;
        private readonly TimeProvider _time;

        public Working(RemoteAgent agent, TimeProvider time)
        {
            _time = time;
            _work = Task.WhenAll(AskAsync(agent), BeatAsync(agent));
        }

        public IReadOnlyCollection<Guid> List { get; private set; } = [];

        public DateTimeOffset ChangedAt { get; private set; }

        /// <summary>When it last asked something that was answered.</summary>
        public DateTimeOffset HeardAt { get; private set; }

        public async ValueTask DisposeAsync()
        {
            await _end.CancelAsync();
            await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        private async Task AskAsync(RemoteAgent agent)
        {
            for (var version = 0L; ; )
            {
                var asked = _time.GetUtcNow();
                if (await agent.ChecksAsync(version).WaitAsync(_end.Token) is not { } list)
                    continue;
                version = list.Number("version");
                List = [.. list.Many("checks").Select(c => c.GetProperty("checkId").GetGuid())];
                (ChangedAt, HeardAt) = (_time.GetUtcNow(), asked > HeardAt ? asked : HeardAt);
            }
        }

        private async Task BeatAsync(RemoteAgent agent)
        {
            while (true)
            {
                var asked = _time.GetUtcNow();
                (await agent.BeatAsync().WaitAsync(_end.Token)).Dispose();
                HeardAt = asked > HeardAt ? asked : HeardAt;
                await Task.Delay(TimeSpan.FromSeconds(2), _time, _end.Token);
            }
        }
    }
}
