using Torch.Domain.Nodes;
using Torch.Domain.Slo;

namespace Torch.Domain.Tests.Slo;

public sealed class ServiceTimeTests
{
    // A Friday; the clocks of Berlin go back on the Sunday.
    private static readonly DateTimeOffset From = new(2026, 10, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Outside_is_what_lies_between_the_times_of_service()
    {
        var period = new ServicePeriod("mon-fri 08:00-18:00", "Europe/Berlin");
        ServiceTime
            .Outside(period, new(From, From.AddDays(4)))
            .ShouldBe([
                new(At(23, 16), At(26, 7)), // from 18:00 in summer to 08:00 in winter
                new(At(26, 17), At(27, 7)),
            ]);
    }

    [Fact]
    public void Who_serves_always_is_never_outside_and_who_never_does_always()
    {
        ServiceTime.Outside(null, new(From, From.AddDays(4))).ShouldBeEmpty();
        ServiceTime.Outside(new("daily 00:00-24:00"), new(From, From.AddDays(4))).ShouldBeEmpty();
        var weekend = new Span(At(23, 12), At(23, 20));
        ServiceTime.Outside(new("sun 10:00-12:00"), weekend).ShouldBe([weekend]);
    }

    private static DateTimeOffset At(int day, int hour) => new(2026, 10, day, hour, 0, 0, TimeSpan.Zero);
}
