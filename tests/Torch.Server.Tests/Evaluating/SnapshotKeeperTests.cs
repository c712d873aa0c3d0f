using Microsoft.Extensions.Logging.Abstractions;
using Torch.Server.Evaluating;
using Torch.Testing;

namespace Torch.Server.Tests.Evaluating;

public sealed class SnapshotKeeperTests
{
    private readonly SkippingTime _time = new();
    private readonly SlowSnapshots _snapshots;
    private readonly SnapshotKeeper _keeper;

    public SnapshotKeeperTests()
    {
        _snapshots = new(_time);
        var evaluation = new Evaluation(NullLogger<Evaluation>.Instance);
        _keeper = new(evaluation, _snapshots, _time, NullLogger<SnapshotKeeper>.Instance);
    }

    [Fact]
    public async Task One_is_due_after_a_second_of_folding_or_ten_times_what_the_last_one_took()
    {
        _keeper.Folded(1, TimeSpan.FromSeconds(0.9));
        _keeper.IsDue.ShouldBeFalse();
        _keeper.Folded(1, TimeSpan.FromSeconds(0.1));
        _keeper.IsDue.ShouldBeTrue();

        _snapshots.Take = TimeSpan.FromSeconds(2);
        await TakeAsync(2);
        _keeper.Folded(1, TimeSpan.FromSeconds(19.9));
        _keeper.IsDue.ShouldBeFalse();
        _keeper.Folded(1, TimeSpan.FromSeconds(1));
        _keeper.IsDue.ShouldBeTrue();
        _snapshots.Saved.ShouldBe([2]);
    }

    [Fact]
    public async Task One_is_due_after_200000_events_and_after_ten_minutes_with_any()
    {
        _keeper.Folded(199_999, TimeSpan.Zero);
        _keeper.IsDue.ShouldBeFalse();
        _keeper.Folded(1, TimeSpan.Zero);
        _keeper.IsDue.ShouldBeTrue();

        await TakeAsync(200_000);
        _time.Skip(TimeSpan.FromMinutes(10));
        _keeper.IsDue.ShouldBeFalse();
        _keeper.Folded(1, TimeSpan.Zero);
        _keeper.IsDue.ShouldBeTrue();
    }

    // Nothing was folded since it was taken, so that finishing only waits.
    private async Task TakeAsync(long position)
    {
        _keeper.Take(position, default);
        await _keeper.FinishAsync(position, default);
    }

    private sealed class SlowSnapshots(SkippingTime time) : IEvaluatorSnapshots
    {
        public TimeSpan Take { get; set; }

        public List<long> Saved { get; } = [];

        public Task SaveAsync(SavedEvaluation saved, long position, bool kept, CancellationToken cancellationToken)
        {
            time.Skip(Take);
            Saved.Add(position);
            return Task.CompletedTask;
        }

        public Task SaveAsync(FoldedEvaluator evaluator, bool kept, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<FoldedEvaluator> NearestAsync(long position, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<FoldedEvaluator> BeforeAsync(DateTimeOffset moment, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<FoldedEvaluator> AtAsync(long position, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<long> EarliestAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
