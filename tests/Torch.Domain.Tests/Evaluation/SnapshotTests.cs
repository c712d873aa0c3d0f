using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Torch.Domain.Evaluation;

namespace Torch.Domain.Tests.Evaluation;

public sealed class SnapshotTests
{
    private const int Length = 70;

    [Fact]
    public void An_evaluator_goes_on_from_a_snapshot_as_if_it_had_folded_everything_wherever_it_was_cut() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), AgreesAtEveryCut).Check(Config.QuickThrowOnFailure.WithMaxTest(15));

    [Fact]
    public void The_same_holds_with_windows_manual_statuses_and_acknowledgements() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<int>(),
                seed => AgreesAtEveryCut(new RandomLog(seed, dependencies: true, masked: true).Of(Length))
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Fact]
    public void The_same_holds_where_checks_are_not_looked_after_and_results_are_lost() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<int>(),
                seed => AgreesAtEveryCut(new RandomLog(seed, masked: true, unwatched: true).Of(Length))
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(8));

    [Fact]
    public void The_same_holds_with_checks_that_run_from_several_locations() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<int>(),
                seed => AgreesAtEveryCut(new RandomLog(seed, true, true, unwatched: true, placed: true).Of(Length))
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(8));

    [Fact]
    public void Masked_logs_reach_every_mask_and_explain_what_they_show()
    {
        var words = new HashSet<string>();
        for (var seed = 0; seed < 60; seed++)
        {
            var evaluator = Folded(new RandomLog(seed, masked: true).Of(Length));
            for (var n = 0; n < 20; n++)
                if (evaluator.Explain(RandomLog.Node(n)) is { } why)
                {
                    why.Sentence.ShouldContain($" is {why.Status} because ");
                    if (why.Marks is not { } marks)
                        continue;
                    words.UnionWith([
                        marks.Acknowledged is null ? "" : "acknowledged",
                        marks.Manual is null ? "" : "manual",
                        marks.Maintenance is null ? ""
                        : why.RollUp is null ? "leaf"
                        : "group",
                    ]);
                    if (marks is { Maintenance: not null, Manual: null } && why.Status != "paused")
                        why.Status.ShouldBe("maintenance");
                }
        }
        words.Where(w => w.Length > 0).Order().ShouldBe(["acknowledged", "group", "leaf", "manual"]);
    }

    [Fact]
    public void Equal_states_give_equal_bytes() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<int>(),
                seed =>
                {
                    var saved = Folded(new RandomLog(seed).Of(Length)).Save();
                    return Text(Evaluator.Load(saved).Save()) == Text(saved);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void A_snapshot_does_not_change_when_its_evaluator_goes_on()
    {
        var events = new RandomLog(7).Of(Length);
        var evaluator = Folded([.. events.Take(40)]);
        var saved = evaluator.Save();
        var before = Text(saved);
        for (var i = 40; i < Length; i++)
            evaluator.Fold(i + 1, events[i].Timestamp, events[i].Event);
        Text(saved).ShouldBe(before);
    }

    [Fact]
    public void A_snapshot_of_a_version_with_other_statuses_is_refused()
    {
        var saved = new Evaluator().Save();
        Should.Throw<InvalidDataException>(() => Evaluator.Load(saved with { Statuses = [.. saved.Statuses, "odd"] }));
    }

    [Fact]
    public void The_random_logs_reach_every_decider()
    {
        var deciders = Enumerable
            .Range(0, 80)
            .SelectMany(seed => Folded(new RandomLog(seed).Of(Length)).Save().Nodes)
            .Select(n => n.Verdict.Decider);
        deciders.Distinct().Order().ShouldBe([0, 1, 2, 3, 4, 5, 6, 8]);
    }

    // Transitions are on disk, and a replay must find them again: who changes these bytes raises the snapshots' format number too.
    [Fact]
    public void The_same_logs_give_the_same_bytes_as_ever()
    {
        var text = new StringBuilder();
        for (var seed = 0; seed < 60; seed++)
        {
            var (evaluator, events) = (new Evaluator(), new RandomLog(seed).Of(Length));
            for (var i = 0; i < events.Count; i++)
                text.Append(Text(evaluator.Fold(i + 1, events[i].Timestamp, events[i].Event)));
            for (var n = 0; n < 20; n++)
                text.Append(Text(evaluator.Explain(RandomLog.Node(n))));
        }
        Convert
            .ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))
            .ShouldBe("CE2C44F3E9042FB6860F2353DDD297D517F6F8A9516359C59AB0AAD6079F7DB8");
    }

    // One evaluator folds everything; beside it goes one that is saved and loaded before every event, and one from each cut.
    private static bool AgreesAtEveryCut(int seed) =>
        AgreesAtEveryCut(new RandomLog(seed, dependencies: true).Of(Length));

    private static bool AgreesAtEveryCut(IReadOnlyList<(DateTimeOffset Timestamp, IEvent Event)> events)
    {
        var (whole, loaded) = (new Evaluator(), new List<Evaluator>());
        for (var i = 0; i < events.Count; i++)
        {
            loaded.Add(Evaluator.Load(whole.Save()));
            var expected = Text(whole.Fold(i + 1, events[i].Timestamp, events[i].Event)) + Text(whole.Marked);
            foreach (var evaluator in loaded)
                if (
                    Text(evaluator.Fold(i + 1, events[i].Timestamp, events[i].Event)) + Text(evaluator.Marked)
                    != expected
                )
                    return false;
        }
        var outcome = Outcome(whole);
        return loaded.TrueForAll(e => Outcome(e) == outcome);
    }

    private static Evaluator Folded(IReadOnlyList<(DateTimeOffset Timestamp, IEvent Event)> events)
    {
        var evaluator = new Evaluator();
        for (var i = 0; i < events.Count; i++)
            evaluator.Fold(i + 1, events[i].Timestamp, events[i].Event);
        return evaluator;
    }

    private static string Outcome(Evaluator evaluator) =>
        Text(evaluator.Save())
        + Text(evaluator.NextDeadline)
        + string.Concat(Enumerable.Range(0, 40).Select(n => Text(evaluator.Explain(RandomLog.Node(n)))));

    // Conditions are abstract: as text they are told apart.
    private static string Text<T>(T value) => JsonSerializer.Serialize(value);
}
