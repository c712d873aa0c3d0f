using Torch.Contracts;
using Torch.Domain.Agents;
using Torch.Server.Agents;

namespace Torch.Server.Tests.Agents;

public sealed class SpreadingTests
{
    private static readonly PlacedCheck[] Checks =
    [
        .. Enumerable
            .Range(0, 200)
            .Select(i => new PlacedCheck(
                new(
                    Guid.CreateVersion7(),
                    1,
                    $"check {i}",
                    CheckKind.Http,
                    TimeSpan.FromSeconds(5),
                    TimeSpan.FromSeconds(3),
                    new()
                ),
                ["default"]
            )),
    ];

    private readonly Spreading _spreading = new(100);
    private TimeSpan _now = TimeSpan.FromHours(1);

    public SpreadingTests() => _spreading.Take(Checks, _now);

    [Fact]
    public void Checks_are_spread_evenly_and_only_those_of_the_newcomer_move()
    {
        var agents = Enumerable.Range(0, 4).Select(_ => Guid.CreateVersion7()).ToArray();
        var checks = Enumerable.Range(0, 4_000).Select(_ => Guid.CreateVersion7()).ToArray();

        var before = checks.ToDictionary(c => c, c => Rendezvous.Holder(c, agents.Take(3)));
        var after = checks.ToDictionary(c => c, c => Rendezvous.Holder(c, agents));

        foreach (var group in after.GroupBy(a => a.Value))
            group.Count().ShouldBeInRange(850, 1_150);
        checks.Where(c => before[c] != after[c]).ShouldAllBe(c => after[c] == agents[3]);
        Rendezvous.Holder(checks[0], []).ShouldBeNull();
    }

    [Fact]
    public void A_lone_agent_has_everything_and_no_lease()
    {
        var lone = Join();

        lone.List.Count.ShouldBe(Checks.Length);
        lone.IsLeased.ShouldBeFalse();
        _spreading.Renew(lone, _now).ShouldBeNull();
    }

    [Fact]
    public void A_check_moves_only_once_the_agent_before_has_confirmed_to_be_without_it()
    {
        var first = Join();
        AtWork(first);
        var second = Join();

        second.List.ShouldBeEmpty();
        first.IsLeased.ShouldBeTrue();
        AtWork(first);
        second.List.ShouldNotBeEmpty();
        ShouldShareWithoutOverlap(first, second);
    }

    [Fact]
    public void An_agent_that_never_confirms_is_waited_for_until_it_is_away()
    {
        var first = Join();
        AtWork(first);
        _now += TimeSpan.FromSeconds(1);
        var second = Join();

        Pass(TimeSpan.FromSeconds(18), second);
        second.List.ShouldBeEmpty();
        Pass(TimeSpan.FromSeconds(2), second);
        _spreading.Silent(_now).ShouldBe([first]);
        _spreading.Leave(first.Id, _now);
        second.List.Count.ShouldBe(Checks.Length);
    }

    [Fact]
    public void A_leased_agent_that_is_silent_is_free_of_its_checks_before_they_move()
    {
        var (first, second) = (Join(), Join());
        AtWork(first);
        AtWork(second);
        AtWork(first);
        ShouldShareWithoutOverlap(first, second);
        var third = Join();
        AtWork(second);
        // Those of the silent one stay with it for as long as its lease may last.
        third.List.ShouldAllBe(c => !first.Holding.Contains(c.CheckId));

        Pass(TimeSpan.FromSeconds(16), second, third);

        third.List.Select(c => c.CheckId).ShouldBe(Owned(third, first, second, third), ignoreOrder: true);
    }

    [Fact]
    public void At_no_moment_may_two_agents_run_a_check_whatever_comes_and_goes()
    {
        var random = new Random(7);
        // What each agent really runs: what it put to work last, until its own lease is over.
        var running = new Dictionary<Member, (HashSet<Guid> Checks, TimeSpan Until)>();
        for (var step = 0; step < 3_000; step++)
        {
            _now += TimeSpan.FromMilliseconds(random.Next(0, 1_500));
            foreach (var lost in _spreading.Silent(_now))
                _spreading.Leave(lost.Id, _now);
            _spreading.Free(_now);
            var members = _spreading.Members.ToArray();
            if (members.Length < 2 || (members.Length < 5 && random.Next(40) == 0))
                Join();
            else
                Act(members[random.Next(members.Length)], random, running);
            Two(running).ShouldBeEmpty($"step {step}");
        }
    }

    // An agent that is cut off says nothing for a while; the others ask, renew and confirm in any order.
    private void Act(Member member, Random random, Dictionary<Member, (HashSet<Guid>, TimeSpan)> running)
    {
        switch (random.Next(3))
        {
            case 0:
                if (_spreading.Renew(member, _now) is { } lease && running.TryGetValue(member, out var at))
                    running[member] = at.Item2 <= _now ? ([], _now) : (at.Item1, _now + lease);
                break;
            case 1:
                AtWork(member);
                running[member] = (
                    [.. member.List.Select(c => c.CheckId)],
                    member.IsLeased ? _now + Spreading.Lease : TimeSpan.MaxValue
                );
                break;
            default:
                Spreading.Sent(member);
                break;
        }
    }

    // A lone agent needs no lease, so nothing ends its work but itself: those are looked at while they are members.
    private List<Guid> Two(Dictionary<Member, (HashSet<Guid> Checks, TimeSpan Until)> running) =>
        [
            .. running
                .Where(r => r.Value.Until > _now && (r.Value.Until != TimeSpan.MaxValue || IsMember(r.Key)))
                .SelectMany(r => r.Value.Checks)
                .GroupBy(c => c)
                .Where(g => g.Count() > 1)
                .Select(g => g.Key),
        ];

    private bool IsMember(Member member) => _spreading.Find(member.Id) == member;

    [Fact]
    public void After_a_restart_those_who_were_there_keep_what_they_have_until_they_say_otherwise()
    {
        var (first, second) = (Make(), Make());
        _spreading.Restore([first, second], _now);
        ShouldShareWithoutOverlap(first, second);
        var third = Join();

        third.List.ShouldBeEmpty();
        AtWork(first);
        AtWork(second);
        third.List.Select(c => c.CheckId).ShouldBe(Owned(third, first, second, third), ignoreOrder: true);
    }

    [Fact]
    public void An_agent_is_given_only_what_it_can_run_and_where_it_stands()
    {
        var dns = Make(kinds: [CheckKind.Dns]);
        var elsewhere = Make("paris");
        _spreading.Join(dns, _now);
        _spreading.Join(elsewhere, _now);

        dns.List.ShouldBeEmpty();
        elsewhere.List.ShouldBeEmpty();
        Checks.ShouldAllBe(c => _spreading.Dark(c).Count == 1);
        _spreading.Move(elsewhere, "default", _now);
        elsewhere.List.Count.ShouldBe(Checks.Length);
        Checks.ShouldAllBe(c => _spreading.Dark(c).Count == 0);
    }

    [Fact]
    public void A_check_of_several_locations_runs_in_each_of_them()
    {
        var (berlin, paris) = (Make("berlin"), Make("paris"));
        _spreading.Join(berlin, _now);
        _spreading.Join(paris, _now);
        _spreading.Take([Checks[0] with { Locations = ["berlin", "paris"] }], _now);

        berlin.List.ShouldHaveSingleItem();
        paris.List.ShouldHaveSingleItem();
        berlin.IsLeased.ShouldBeFalse();
    }

    private static Member Make(string location = "default", IReadOnlyList<CheckKind>? kinds = null) =>
        new(Guid.CreateVersion7(), "agent", location, 1, isLocal: false) { Kinds = kinds?.ToHashSet() };

    private Member Join()
    {
        var member = Make();
        _spreading.Join(member, _now);
        return member;
    }

    private void AtWork(Member member)
    {
        _spreading.Renew(member, _now);
        Spreading.Sent(member);
        _spreading.Confirm(member, member.Version, _now);
    }

    private void Pass(TimeSpan time, params Member[] heard)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(1))
        {
            _now += TimeSpan.FromSeconds(1);
            foreach (var member in heard)
            {
                _spreading.Renew(member, _now);
                AtWork(member);
            }
            _spreading.Free(_now);
        }
    }

    private static IEnumerable<Guid> Owned(Member of, params Member[] among) =>
        Checks.Select(c => c.Check.CheckId).Where(c => Rendezvous.Holder(c, among.Select(m => m.Id)) == of.Id);

    private static void ShouldShareWithoutOverlap(Member first, Member second)
    {
        var (a, b) = (first.List.Select(c => c.CheckId).ToHashSet(), second.List.Select(c => c.CheckId).ToHashSet());
        a.Overlaps(b).ShouldBeFalse();
        (a.Count + b.Count).ShouldBe(Checks.Length);
    }
}
