using Torch.Domain.Agents;
using Torch.Server.Agents;

namespace Torch.Server.Tests.Agents;

public sealed class HoldersTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly IReadOnlySet<string> Http = new HashSet<string> { "http" };
    private static readonly Guid One = Guid.CreateVersion7();
    private static readonly Guid Two = Guid.CreateVersion7();

    // The first one was lost at noon and came back an hour later; the second one was there from half past eleven.
    private static readonly SessionSpan[] Spans =
    [
        new(One, "default", Noon.AddHours(-2), Noon, Http),
        new(One, "default", Noon.AddHours(1), null, Http),
        new(Two, "default", Noon.AddMinutes(-30), null, Http),
    ];

    private static readonly Guid OfOne = Owned(One);

    [Theory]
    [InlineData(-60, false)] // alone
    [InlineData(-10, false)] // held by the hash
    [InlineData(30, true)] // away: the other one held it
    [InlineData(61, false)] // back
    public void A_result_is_stale_where_another_agent_held_its_check(int minutes, bool isStale) =>
        IsStale(One, OfOne, Noon.AddMinutes(minutes)).ShouldBe(isStale);

    [Fact]
    public void Near_a_move_clocks_that_differ_make_nothing_stale()
    {
        IsStale(One, OfOne, Noon.AddSeconds(4)).ShouldBeFalse();
        IsStale(One, OfOne, Noon.AddSeconds(6)).ShouldBeTrue();
    }

    [Fact]
    public void Where_nobody_was_live_nobody_elses_result_is_stale() =>
        Holders
            .IsStale(
                [new(One, "default", Noon.AddHours(-2), Noon, Http)],
                One,
                "default",
                (OfOne, "http", ["default"]),
                Noon.AddMinutes(30)
            )
            .ShouldBeFalse();

    [Fact]
    public void A_check_of_another_location_is_nobodys_here() =>
        Holders.IsStale(Spans, One, "default", (OfOne, "http", ["paris"]), Noon.AddMinutes(-60)).ShouldBeTrue();

    private static bool IsStale(Guid agent, Guid check, DateTimeOffset at) =>
        Holders.IsStale(Spans, agent, "default", (check, "http", ["default"]), at);

    private static Guid Owned(Guid agent)
    {
        Guid check;
        do check = Guid.CreateVersion7();
        while (Rendezvous.Holder(check, [One, Two]) != agent);
        return check;
    }
}
