using Torch.EventStore.Retention;
using Torch.Server.Retaining;

namespace Torch.Server.Tests.Retaining;

public sealed class RetentionRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly RetentionPolicy Month = RetentionPolicy.Default;

    [Fact]
    public void What_is_past_its_retention_goes_and_what_is_younger_stays() =>
        Kept(Month, Facts(40, 31, 29, 1)).ShouldBe(["", "", "retained", "retained", "in_use"]);

    [Fact]
    public void Off_keeps_everything() => Kept(new RetentionPolicy(null), Facts(4000)).ShouldBe(["retained", "in_use"]);

    [Fact]
    public void Nothing_younger_than_the_late_window_goes_however_large_the_telemetry_is() =>
        Kept(new RetentionPolicy(null, Bytes: 1), Facts(3, 2, 0.5)).ShouldBe(["", "", "late_window", "in_use"]);

    [Fact]
    public void By_size_the_oldest_go_until_the_rest_fits() =>
        Kept(new RetentionPolicy(null, Bytes: 150), Facts(5, 4, 3)).ShouldBe(["", "", "retained", "in_use"]);

    [Fact]
    public void What_a_projection_has_not_read_stays_and_what_is_younger_with_it()
    {
        var facts = Facts(50, 40, 35) with { Folds = [new FoldAt("Nodes:All", 99), new FoldAt("Checks:Rebuild", 150)] };
        Kept(Month, facts).ShouldBe(["", "behind", "behind behind", "in_use"]);
    }

    [Fact]
    public void A_hold_keeps_what_reaches_beyond_its_time_or_position()
    {
        var facts = Facts(50, 40, 35);
        Kept(Month, facts with { Holds = [new RetentionHold("slo", Now.AddDays(-41), null, "the budget")] })
            .ShouldBe(["", "held", "held", "in_use"]);
        Kept(Month, facts with { Holds = [new RetentionHold("slo", null, 199, "the budget")] })
            .ShouldBe(["", "held", "held", "in_use"]);
    }

    [Fact]
    public void A_partition_with_parked_events_stays_and_all_after_it() =>
        Kept(Month, Facts(50, 40, 35) with { Parked = [new ParkedIn("p1", "Checks:All", 3)] })
            .ShouldBe(["", "parked", "after_kept", "in_use"]);

    [Theory]
    [InlineData("12h", null, "12 hours")]
    [InlineData("1d", "P3D", "24 hours")]
    [InlineData("PT30M", "1h", "30 minutes")]
    public void A_retention_shorter_than_what_may_still_change_objectives_is_refused(
        string age,
        string? late,
        string said
    )
    {
        var refused = Should.Throw<StartRefusedException>(() => RetentionPolicy.Parse(age, null, null, late));
        refused.Message.ShouldContain(said);
        refused.Message.ShouldContain("--late-window");
    }

    [Theory]
    [InlineData("24h", null)]
    [InlineData("1h", "PT30M")]
    [InlineData("off", "30d")]
    public void A_retention_that_reaches_over_the_late_window_is_taken(string age, string? late) =>
        RetentionPolicy.Parse(age, null, null, late).LateWindow.ShouldBeGreaterThan(TimeSpan.Zero);

    [Fact]
    public void A_clock_that_was_set_stops_all_dropping_for_an_hour()
    {
        var time = new SteppingTime(Now);
        var clock = new SteadyClock(time);
        time.Pass(TimeSpan.FromMinutes(10));
        clock.IsSteady().ShouldBeTrue();
        time.Step(TimeSpan.FromDays(300));
        clock.IsSteady().ShouldBeFalse();
        time.Pass(TimeSpan.FromMinutes(59));
        clock.IsSteady().ShouldBeFalse();
        time.Pass(TimeSpan.FromMinutes(2));
        clock.IsSteady().ShouldBeTrue();
        time.Step(TimeSpan.FromDays(-300));
        clock.IsSteady().ShouldBeFalse();
    }

    [Theory]
    [InlineData("30d", 30 * 24)]
    [InlineData("P30D", 30 * 24)]
    [InlineData("12h", 12)]
    [InlineData("pt12h", 12)]
    [InlineData("0", null)]
    [InlineData("off", null)]
    public void A_retention_is_read_from_either_form(string text, int? hours)
    {
        RetentionPolicy.TryParseAge(text, out var age).ShouldBeTrue();
        age.ShouldBe(hours is { } h ? TimeSpan.FromHours(h) : null);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-3d")]
    [InlineData("0d")]
    [InlineData("3y")]
    [InlineData("P1M")]
    public void What_is_no_time_is_refused(string text) => RetentionPolicy.TryParseAge(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("20GB", 20_000_000_000)]
    [InlineData("1.5 GiB", 1_610_612_736)]
    [InlineData("512", 512)]
    public void A_size_is_read_with_its_unit(string text, long bytes)
    {
        RetentionPolicy.TryParseBytes(text, out var read).ShouldBeTrue();
        read.ShouldBe(bytes);
    }

    [Theory]
    [InlineData("GB")]
    [InlineData("20 cows")]
    [InlineData("-1GB")]
    [InlineData("0")]
    [InlineData("9999999TB")]
    public void What_is_no_size_is_refused(string text) => RetentionPolicy.TryParseBytes(text, out _).ShouldBeFalse();

    private static IEnumerable<string> Kept(RetentionPolicy policy, RetentionFacts facts) =>
        RetentionRules.Judge(policy, facts).Select(v => string.Join(' ', v.Kept.Select(k => k.Code)));

    // Closed partitions of 100 positions and 100 bytes whose newest events are so many days old, and the one in use.
    private static RetentionFacts Facts(params double[] days)
    {
        var closed = days.Select((d, i) => Partition(i, new EventAt(i * 100 + 50, Now.AddDays(-d))));
        return new RetentionFacts(Now, [.. closed, Partition(days.Length, null)], [], [], []);
    }

    private static TelemetryPartition Partition(int index, EventAt? last) =>
        new(
            "p" + index,
            index * 100,
            (index + 1) * 100,
            PartitionState.Attached,
            last is null ? 0 : 100,
            last is null ? null : new PartitionContents(Now, 1, last, last)
        );

    private sealed class SteppingTime(DateTimeOffset start) : TimeProvider
    {
        private DateTimeOffset _wall = start;
        private TimeSpan _passed;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => _wall;

        public override long GetTimestamp() => _passed.Ticks;

        public void Pass(TimeSpan time) => (_wall, _passed) = (_wall + time, _passed + time);

        public void Step(TimeSpan by) => _wall += by;
    }
}
