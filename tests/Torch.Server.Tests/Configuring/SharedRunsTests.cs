using System.Threading.Channels;
using Torch.Server.Configuring;

namespace Torch.Server.Tests.Configuring;

public sealed class SharedRunsTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly Channel<TaskCompletionSource<int>> _begun = Channel.CreateUnbounded<TaskCompletionSource<int>>();
    private readonly SharedRuns<int> _runs;

    public SharedRunsTests() => _runs = new(BeginAsync);

    [Fact]
    public async Task Who_asks_while_one_runs_shares_the_next_one()
    {
        var first = AskAsync();
        var run = await BegunAsync();
        var (second, third) = (AskAsync(), AskAsync());
        _begun.Reader.TryRead(out _).ShouldBeFalse();
        run.SetResult(1);
        (await first).ShouldBe(1);
        (await BegunAsync()).SetResult(2);
        (await second).ShouldBe(2);
        (await third).ShouldBe(2);
        _begun.Reader.TryRead(out _).ShouldBeFalse();
    }

    [Fact]
    public async Task One_that_fails_or_is_left_holds_up_nobody()
    {
        using var leaving = new CancellationTokenSource();
        var first = _runs.AskAsync(leaving.Token);
        var run = await BegunAsync();
        var second = AskAsync();
        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);
        run.SetException(new InvalidOperationException());
        (await BegunAsync()).SetResult(2);
        (await second).ShouldBe(2);
    }

    private Task<int> AskAsync() => _runs.AskAsync(CancellationToken.None).WaitAsync(Limit);

    private async Task<TaskCompletionSource<int>> BegunAsync() =>
        await _begun.Reader.ReadAsync().AsTask().WaitAsync(Limit);

    private Task<int> BeginAsync()
    {
        var begun = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        _begun.Writer.TryWrite(begun);
        return begun.Task;
    }
}
