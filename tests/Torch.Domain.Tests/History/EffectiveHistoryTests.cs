using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Torch.Domain.Checks;
using Torch.Domain.Evaluation;
using Torch.Domain.History;
using Torch.Domain.Nodes;
using Torch.Domain.Rules;
using Torch.Domain.Tests.Evaluation;

namespace Torch.Domain.Tests.History;

/// <summary>Observations in any order, repeated and late, come to the same past.</summary>
public sealed class EffectiveHistoryTests
{
    private static readonly string[] Statuses = ["up", "degraded", "critical", "down"];

    [Fact]
    public void Any_order_with_repetitions_and_late_arrivals_gives_the_history_of_the_sorted_input() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => new Run(seed).Agrees())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(10_000));

    [Fact]
    public void The_cases_do_revise_what_was_written() =>
        Enumerable.Range(0, 50).Count(seed => new Run(seed).Revises()).ShouldBeGreaterThan(20);

    [Fact]
    public void A_replay_of_the_log_with_its_revisions_comes_to_the_same_state() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => new Run(seed).ReplaysAlike())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public void A_path_that_is_never_still_is_looked_at_a_few_times_and_no_more()
    {
        var world = new World().Leaf("db").Report("db", "up").After(TimeSpan.FromMinutes(1)).Report("db", "up");
        world.Report("db", "down", at: world.Now - TimeSpan.FromSeconds(30));
        var looks = 0;
        for (; world.Evaluator.Late is { Count: > 0 } late; looks++)
        {
            looks.ShouldBeLessThan(20);
            var (through, then) = (world.Evaluator.Position, world.Evaluator.StateOf(world["db"])!);
            world.After(TimeSpan.FromSeconds(1)).Report("db", "up");
            world.Fold(new LateDataFolded(through, late, [then]));
        }
        looks.ShouldBe(6);
        world.Status("db").ShouldBe("up");
    }

    [Fact]
    public void What_the_running_evaluator_takes_to_be_so_already_need_not_be_learned()
    {
        var world = new World().Group("shop").Leaf("db", "shop").Rules("db", ("value > 50 for 2 checks", "down"));
        world.After(TimeSpan.FromMinutes(1)).Report("db", "up", 1);
        var before = Evaluator.Load(world.Evaluator.Save());
        world.After(TimeSpan.FromMinutes(1)).Report("db", "up", 2);
        var running = world.Evaluator.PathsOf([World.CheckOf("db")]).Select(id => world.Evaluator.StateOf(id)!);
        var paths = running.Select(s => s.NodeId).ToList();
        var events = world.Log.Skip(world.Log.Count - 1).Select(e => new EffectiveEvent(99, e.Timestamp, e.Event));
        var learned = (IReadOnlyDictionary<Guid, RevisedState>? known) =>
            Revision
                .Of(
                    Evaluator.Load(before.Save()).Replica(paths),
                    paths,
                    [],
                    events,
                    new Dictionary<Guid, EffectiveHistory>(),
                    world.Now,
                    99,
                    known
                )
                .Folded.States.Count;
        learned(null).ShouldBe(1);
        learned(running.ToDictionary(s => s.NodeId)).ShouldBe(0);
    }

    [Fact]
    public void What_a_spool_brings_after_a_cut_is_history_and_no_status_of_now()
    {
        var world = new World().Group("shop").Leaf("db", "shop");
        world.Fold(new NodeStalenessChanged(world["db"], TimeSpan.FromSeconds(15))).Report("db", "up");
        var log = new LateLog(world.Log);
        log.Append(world.Now + TimeSpan.FromHours(1), new ClockTicked());
        List<StatusChange> expired = [.. log.History(world["shop"])];
        expired[^1].ShouldBe(new(world.Now + TimeSpan.FromSeconds(15), "up", "expired"));
        for (var i = 1; i <= 200; i++)
            log.Append(
                world.Now,
                new ReportReceived(World.CheckOf("db"), "db", world.Now + i * TimeSpan.FromSeconds(5), null, "up")
            );
        log.History(world["shop"]).ShouldBe(expired);
        log.Revise();
        var until = world.Now + TimeSpan.FromSeconds(200 * 5 + 15);
        log.History(world["shop"]).ShouldBe([.. expired[..^1], new(until, "up", "expired")]);
        log.Evaluator.Explain(world["shop"])!.Status.ShouldBe("expired");
    }

    /// <summary>Two groups under a root, leaves in several of them, rules that count and time, and ten minutes of reports.</summary>
    private sealed class Run(int seed)
    {
        private const int Leaves = 4;
        private static readonly DateTimeOffset Begin = World.Start + TimeSpan.FromMinutes(1);
        private static readonly string[] Groups = ["root", "a", "b"];

        private readonly Random _random = new(seed);

        public bool Agrees()
        {
            var structure = Structure();
            var reports = Reports();
            var sorted = Folded(structure, reports, shuffled: false);
            var shuffled = Folded(structure, reports, shuffled: true);
            return Nodes().All(n => sorted.History(n).SequenceEqual(shuffled.History(n)))
                && Nodes().All(n => sorted.Evaluator.Explain(n)!.Status == shuffled.Evaluator.Explain(n)!.Status);
        }

        public bool Revises() => Folded(Structure(), Reports(), shuffled: true).Revisions.Count > 0;

        public bool ReplaysAlike()
        {
            var log = Folded(Structure(), Reports(), shuffled: true);
            return JsonSerializer.Serialize(log.Replayed().Save()) == JsonSerializer.Serialize(log.Evaluator.Save());
        }

        private static IEnumerable<Guid> Nodes() =>
            Groups.Concat(Enumerable.Range(0, Leaves).Select(Leaf)).Select(IdOf);

        private static string Leaf(int n) => $"leaf {n}";

        private static Guid IdOf(string name) => NameId.Of(Guid.Empty, name);

        private List<(DateTimeOffset, IEvent)> Structure()
        {
            var world = new World().Group("root").Group("a", "root").Group("b", "root");
            for (var i = 0; i < Leaves; i++)
                world.Leaf(Leaf(i), Any("a", "b"));
            world.Link(Any("a", "b"), Leaf(0), required: _random.Next(3) == 0);
            for (var i = 0; i < Leaves; i++)
                if (_random.Next(2) == 0)
                    world.Publish(Leaf(i), LeafRules() with { Timing = Patience(leaf: true) });
            foreach (var group in Groups)
                if (_random.Next(2) == 0)
                    world.Publish(group, GroupRules() with { Timing = Patience(leaf: false) });
            world.Fold(new NodeStalenessChanged(world[Leaf(1)], TimeSpan.FromSeconds(_random.Next(30, 300))));
            return world.Log;
        }

        private RuleSet LeafRules() =>
            World.Set(
                "worst",
                new Rule(
                    World.Parse(
                        Any(
                            "value > 50",
                            "value > 50 for 2 checks",
                            "age > 40s",
                            "outcome is down",
                            "avg(value, 90s) > 50",
                            "count(value > 40, last 3) >= 2 and p95(value, last 4) > 60",
                            "change(value) > 10 or rate(value, 3m) > 0.5"
                        )
                    ),
                    Any(Statuses[1..]),
                    _random.Next(1, 3),
                    _random.Next(2) == 0 ? TimeSpan.FromSeconds(_random.Next(1, 90)) : null
                )
            );

        private RuleSet GroupRules() =>
            World.Set(
                Any("worst", "best", "at-least 2 up"),
                new Rule(
                    World.Parse(
                        Any("any child is down", "count(children where status >= degraded) >= 2", "all children are up")
                    ),
                    Any(Statuses[1..]),
                    1,
                    _random.Next(2) == 0 ? TimeSpan.FromSeconds(_random.Next(1, 90)) : null
                )
            );

        private Timing? Patience(bool leaf) =>
            _random.Next(3) > 0
                ? null
                : new(
                    leaf ? _random.Next(1, 4) : 1,
                    Maybe(60),
                    leaf ? _random.Next(1, 3) : 1,
                    Maybe(60),
                    Maybe(120),
                    _random.Next(2) == 0 ? new FlappingLimits() : null
                );

        private TimeSpan? Maybe(int seconds) =>
            _random.Next(2) == 0 ? null : TimeSpan.FromSeconds(_random.Next(1, seconds));

        // No check says two things at one moment; it may say one twice.
        private List<ReportReceived> Reports()
        {
            var reports = new Dictionary<(int, int), ReportReceived>();
            for (var i = 0; i < 14; i++)
            {
                var (leaf, second) = (_random.Next(Leaves), _random.Next(600));
                reports[(leaf, second)] = new(
                    World.CheckOf(Leaf(leaf)),
                    Leaf(leaf),
                    Begin + TimeSpan.FromSeconds(second),
                    _random.Next(100),
                    Any(Statuses)
                );
            }
            var repeated = reports.Values.Where(_ => _random.Next(5) == 0);
            return [.. reports.Values.Concat(repeated).OrderBy(r => r.At).ThenBy(r => r.CheckId)];
        }

        private LateLog Folded(
            IReadOnlyList<(DateTimeOffset, IEvent)> structure,
            List<ReportReceived> reports,
            bool shuffled
        )
        {
            var log = new LateLog(structure);
            var arriving = shuffled ? Shuffled(reports) : reports;
            foreach (var report in arriving)
            {
                log.Append(report.At, report);
                if (_random.Next(3) == 0)
                    log.Revise();
                if (shuffled && _random.Next(8) == 0)
                    log.Restart();
            }
            log.Append(Begin + TimeSpan.FromMinutes(30), new ClockTicked());
            log.Revise();
            return log;
        }

        private List<ReportReceived> Shuffled(List<ReportReceived> reports)
        {
            List<ReportReceived> all = [.. reports];
            for (var i = all.Count - 1; i > 0; i--)
            {
                var j = Math.Max(0, i - _random.Next(6));
                (all[i], all[j]) = (all[j], all[i]);
            }
            return all;
        }

        private T Any<T>(params T[] items) => items[_random.Next(items.Length)];
    }
}
