using Torch.Domain.Backtests;
using Torch.Domain.Slo;
using Torch.Domain.Statuses;

namespace Torch.Domain.Tests.Backtests;

public sealed class ObjectiveDifferenceTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_budget_of_the_window_is_spent_by_what_was_bad_before_and_by_what_would_have_been_after()
    {
        var difference = Of(90, Down(30, 45), Down(40, 43));
        difference.Before.Met.ShouldBe(false);
        difference.Before.Budget.ShouldBe(new Budget(Milliseconds(10), Milliseconds(15), Milliseconds(-5), -50));
        difference.After.Met.ShouldBe(true);
        difference.After.Tally.Availability.ShouldBe(97);
        difference.After.Budget!.LeftPercent.ShouldBe(70);
    }

    [Fact]
    public void What_the_objective_leaves_out_counts_neither_before_nor_after()
    {
        var difference = Of(90, Down(30, 45), Down(40, 43), new Span(At(20), At(60)));
        difference.Before.Tally.ShouldBe(new Tally(Milliseconds(60), 0, Milliseconds(40)));
        difference.Before.Met.ShouldBe(true);
        difference.After.Budget!.Spent.ShouldBe(0);
    }

    [Fact]
    public void Statuses_count_as_the_objective_says()
    {
        var settings = Settings(90) with
        {
            Counts = new Dictionary<string, Counting>(StringComparer.Ordinal) { ["down"] = Counting.Good },
        };
        var difference = ObjectiveDifference.Of(
            new(Guid.NewGuid(), settings, []),
            new(Down(30, 45), Down(40, 43)),
            [],
            StatusCatalog.BuiltIn
        );
        difference.Before.Tally.Availability.ShouldBe(100);
    }

    [Fact]
    public void Where_nothing_counts_there_is_nothing_to_judge()
    {
        var nothing = new StatusHistory(Start, At(100), "unknown", [], StatusCatalog.BuiltIn);
        var difference = Of(90, nothing, nothing);
        difference.Before.Met.ShouldBeNull();
        difference.Before.Budget.ShouldBeNull();
    }

    private static ObjectiveDifference Of(
        decimal target,
        StatusHistory before,
        StatusHistory after,
        params Span[] leftOut
    ) =>
        ObjectiveDifference.Of(
            new(Guid.NewGuid(), Settings(target), []),
            new(before, after),
            leftOut,
            StatusCatalog.BuiltIn
        );

    private static ObjectiveSettings Settings(decimal target) =>
        new("Shop", Guid.NewGuid(), target, new(SloWindowKind.Rolling, TimeSpan.FromDays(30)), new(SliKind.Time));

    private static StatusHistory Down(int from, int to) =>
        new(Start, At(100), "up", [new(At(from), "up", "down"), new(At(to), "down", "up")], StatusCatalog.BuiltIn);

    private static DateTimeOffset At(int minute) => Start.AddMinutes(minute);

    private static long Milliseconds(int minutes) => minutes * 60_000L;
}
