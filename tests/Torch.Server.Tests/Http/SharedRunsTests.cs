using Torch.Server.Http;
using Torch.Testing;

namespace Torch.Server.Tests.Http;

public sealed class SharedRunsTests
{
    private readonly List<TaskCompletionSource<int>> _begun = [];
    private readonly SharedRuns<int> _runs;

    public SharedRunsTests() => _runs = new(BeginAsync);

    [Fact]
    public async Task Who_asks_while_one_runs_shares_the_next_one()
    {
        var first = _runs.AskAsync(CancellationToken.None);
        await BegunAsync(1);
        var (second, third) = (_runs.AskAsync(CancellationToken.None), _runs.AskAsync(CancellationToken.None));
        _begun[0].SetResult(1);
        (await first).ShouldBe(1);
        await BegunAsync(2);
        _begun[1].SetResult(2);
        (await second).ShouldBe(2);
        (await third).ShouldBe(2);
        _begun.Count.ShouldBe(2);
    }

    [Fact]
    public async Task One_that_fails_or_is_left_holds_up_nobody()
    {
        using var leaving = new CancellationTokenSource();
        var first = _runs.AskAsync(leaving.Token);
        await BegunAsync(1);
        var second = _runs.AskAsync(CancellationToken.None);
        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);
        _begun[0].SetException(new InvalidOperationException());
        await BegunAsync(2);
        _begun[1].SetResult(2);
        (await second).ShouldBe(2);
    }

    private Task BegunAsync(int count) => Eventually.IsTrueAsync(() => _begun.Count == count);

    private Task<int> BeginAsync()
    {
        var begun = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        _begun.Add(begun);
        return begun.Task;
    }
}
