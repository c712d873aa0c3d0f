using Torch.EventStore;
using Torch.Server.Features;

namespace Torch.Server.Tests.Features;

public sealed class StreamTurnsTests
{
    private static readonly StreamAppend Contended = new(Log.Journal, Guid.NewGuid(), [], null, 1);

    private readonly StreamTurns _turns = new();

    [Fact]
    public async Task Who_comes_later_waits_behind_who_has_a_turn_and_decides_again()
    {
        var ct = TestContext.Current.CancellationToken;
        using var first = _turns.New();
        using var later = _turns.New();
        await first.WaitAsync(Contended.StreamId, ct);
        var waiting = later.WaitBehindAsync([Contended], ct);
        waiting.IsCompleted.ShouldBeFalse();
        first.Dispose();
        (await waiting).ShouldBeTrue();
    }

    [Fact]
    public async Task Where_nobody_waits_and_who_has_a_turn_goes_on_at_once()
    {
        var ct = TestContext.Current.CancellationToken;
        using var turn = _turns.New();
        (await turn.WaitBehindAsync([Contended], ct)).ShouldBeFalse();
        await turn.WaitAsync(Contended.StreamId, ct);
        (await turn.WaitBehindAsync([Contended], ct)).ShouldBeFalse();
    }
}
