using Torch.Domain.Checks;
using Torch.Domain.Evaluation;
using Torch.Domain.Importing;
using Torch.Domain.Nodes;

namespace Torch.Domain.Tests.Importing;

/// <summary>A dump of Torch v1, imported into an evaluator: the tree answers as v1 did, without v1's faults.</summary>
public sealed class V1ImportTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private readonly Evaluator _evaluator = new();
    private DateTimeOffset _now = Now;
    private long _position;

    [Theory]
    [InlineData("<", 10, 9, 10)]
    [InlineData(">", 10, 11, 10)]
    [InlineData("=", 10, 10, 11)]
    [InlineData("<=", 10, 10, 11)]
    [InlineData(">=", 10, 10, 9)]
    public void Each_operator_fires_where_v1_fired(string op, double threshold, double fires, double does_not)
    {
        var import = Import(Dump(rules: [Rule("queue", op, threshold, "down")]));
        Report("queue", fires);
        Status(import, "Shop").ShouldBe("down");
        Report("queue", does_not);
        Status(import, "Shop").ShouldBe("up");
    }

    [Fact]
    public void A_threshold_of_0_is_taken()
    {
        var import = Import(Dump(rules: [Rule("queue", ">", 0, "critical")]));
        import.Left.ShouldBeEmpty();
        Report("queue", 1);
        Status(import, "Shop").ShouldBe("critical");
    }

    [Theory]
    [InlineData("up")]
    [InlineData("down")]
    [InlineData("critical")]
    public void Each_action_sets_its_status_on_the_parent(string status)
    {
        var import = Import(Dump(rules: [Rule("queue", ">", 5, status)]));
        Report("queue", 6);
        Status(import, "Shop").ShouldBe(status);
    }

    [Fact]
    public void Of_several_rules_that_match_the_worst_wins_whatever_their_order()
    {
        V1Rule[] rules =
        [
            Rule("queue", ">", 5, "critical"),
            Rule("queue", ">", 10, "down"),
            Rule("queue", ">", 1, "up"),
        ];
        foreach (var order in (V1Rule[][])[rules, [.. rules.Reverse()]])
        {
            var test = new V1ImportTests();
            var import = test.Import(Dump(rules: order));
            test.Report("queue", 11);
            test.Status(import, "Shop").ShouldBe("down");
        }
    }

    [Theory]
    [InlineData("AND", 20, 0, "up")]
    [InlineData("AND", 20, 20, "critical")]
    [InlineData("OR", 0, 0, "up")]
    [InlineData("OR", 0, 20, "critical")]
    public void Node_rules_join_the_statuses_of_nodes_with_AND_and_OR(string op, double a, double b, string expected)
    {
        // Each child alone would make the group down: roll-up is silenced so that only the node rule speaks.
        var dump = new V1Dump(
            [new("a", "A", null, 0, "left", null), new("b", "B", null, 0, "right", null)],
            [
                new("root", "Root", null, null, false),
                new("left", "Left", "root", null, false),
                new("right", "Right", "root", null, false),
            ],
            [Rule("a", ">", 10, "down"), Rule("b", ">", 10, "down")],
            [new("1", "root", NodeRule(op, ("left", "down"), ("right", "down")), null)]
        );
        var import = Import(dump);
        Report("a", a);
        Report("b", b);
        var explained = Explain(import, "Root");
        explained.Rules.ShouldHaveSingleItem().Result.ShouldBe(expected == "critical");
        if (expected == "critical")
            explained.Status.ShouldBe("critical");
    }

    [Fact]
    public void A_node_rule_reaches_nodes_below_children_by_their_path()
    {
        var dump = new V1Dump(
            [new("a", "A", null, 0, "leaf", null)],
            [
                new("1", "Root", null, null, false),
                new("2", "Middle", "1", null, false),
                new("leaf", "Deep", "2", null, false),
            ],
            [Rule("a", ">", 10, "down")],
            [new("1", "1", NodeRule("AND", ("leaf", "down")), "set_parent_status_critical")]
        );
        var import = Import(dump);
        Report("a", 11);
        Explain(import, "Root").Decider.ShouldBe("rule");
        Status(import, "Root").ShouldBe("critical");
    }

    [Fact]
    public void A_report_expires_after_30_minutes_through_all_its_ancestors_and_every_one_is_looked_at()
    {
        var dump = new V1Dump(
            [new("a", "A", null, 1, "2", Now), new("b", "B", null, 1, "2", Now)],
            [new("1", "Root", null, null, false), new("2", "Middle", "1", null, false)],
            [],
            []
        );
        var import = Import(dump);
        Status(import, "Root").ShouldBe("up");
        _now += TimeSpan.FromMinutes(29);
        Report("b", 1);
        _now += TimeSpan.FromMinutes(2);
        Fold(new ClockTicked());
        Status(import, "A").ShouldBe("expired");
        Status(import, "B").ShouldBe("up");
        Status(import, "Middle").ShouldBe("expired");
        Status(import, "Root").ShouldBe("expired");
    }

    [Fact]
    public void An_excluded_node_counts_nowhere()
    {
        var dump = Dump(rules: [Rule("queue", ">", 5, "down")]) with
        {
            Nodes = [new("shop", "Shop", null, null, false), new("side", "Side", "shop", null, true)],
            Reports = [new("queue", "Queue", null, 6, "side", Now), new("api", "Api", null, 1, "shop", Now)],
        };
        var import = Import(dump);
        Status(import, "Side").ShouldBe("paused");
        Status(import, "Shop").ShouldBe("up");
    }

    [Fact]
    public void A_node_with_a_report_and_children_becomes_a_group_with_the_report_below_it()
    {
        var dump = new V1Dump(
            [new("a", "A", null, 1, null, Now), new("b", "B", null, 1, "1", Now)],
            [new("1", "Root", null, "a", false)],
            [],
            []
        );
        var import = Import(dump);
        import.Nodes.Select(n => n.Said).ShouldBe(["group Root", "leaf A", "leaf B"]);
    }

    [Fact]
    public void What_cannot_be_carried_is_said()
    {
        var dump = new V1Dump(
            [new("a", "A", null, 1, "nowhere", null)],
            [
                new("1", "Root", null, null, false),
                new("2", "Other", null, null, false),
                new("3", "Loop", "4", null, false),
                new("4", "Knot", "3", null, false),
            ],
            [Rule("a", "!=", 3, "down"), Rule("gone", "<", 3, "down")],
            [
                new("9", "1", NodeRule("AND", ("2", "down")), null),
                new("10", "1", "{", null),
                new("11", "77", "{}", null),
            ]
        );
        var left = string.Join('\n', V1Import.Of(dump, Now).Left);
        left.ShouldContain("report a stays unplaced: there is no node nowhere");
        left.ShouldContain("Knot becomes a root: in the dump it stands below itself");
        left.ShouldContain("no node shows report gone");
        left.ShouldContain("Other does not stand below Root");
        left.ShouldContain("node rule 10 of Root");
        left.ShouldContain("there is no node 77");
    }

    [Fact]
    public void The_same_dump_gives_the_same_ids()
    {
        var dump = Dump(rules: [Rule("queue", ">", 5, "down")]);
        V1Import
            .Of(dump, Now)
            .Nodes.Select(n => n.Id)
            .ShouldBe(V1Import.Of(dump, Now.AddDays(1)).Nodes.Select(n => n.Id));
    }

    [Fact]
    public void Columns_are_found_by_name_in_any_order_and_others_passed_over()
    {
        var dump = V1Dump.Read(
            [Row(("time", "2026-11-21 10:00:00"), ("value", "17"), ("colour", "red"), ("report_id", "queue"))],
            [Row(("excluded", "t"), ("parent", ""), ("name", "Shop"), ("node_id", "5"))],
            [Row(("action", "set_parent_status_down"), ("threshold", "0"), ("operator", ">="), ("report_id", "queue"))],
            []
        );
        dump.Reports.ShouldHaveSingleItem().ShouldBe(new("queue", null, null, 17, null, Now.AddHours(-2)));
        dump.Nodes.ShouldHaveSingleItem().ShouldBe(new("5", "Shop", null, null, true));
        dump.Rules.ShouldHaveSingleItem().Threshold.ShouldBe(0);
    }

    [Theory]
    [InlineData(
        "2099-01-01 00:00:00",
        "17",
        "report queue: its last value, which is of 2099-01-01 00:00, in the future"
    )]
    [InlineData("2026-11-21 10:00:00", "many", "report queue: its last value, which is no number")]
    [InlineData("2026-11-21 10:00:00", "1e400", "report queue: its last value, which is no number")]
    public void A_value_that_could_not_have_been_reported_is_left_out_and_said(string time, string value, string said)
    {
        var row = Row(("report_id", "queue"), ("time", time), ("value", value));

        var import = V1Import.Of(V1Dump.Read([row], [], [], []), Now);

        import.Reports.ShouldHaveSingleItem().Last.ShouldBeNull();
        import.Left.ShouldBe([said]);
    }

    private static V1Row Row(params (string Name, string Value)[] columns) =>
        new(columns.Select(c => KeyValuePair.Create(c.Name, (string?)c.Value)));

    private static V1Dump Dump(V1Rule[] rules) =>
        new([new("queue", "Queue", null, 0, "shop", Now)], [new("shop", "Shop", null, null, false)], rules, []);

    private static V1Rule Rule(string report, string op, double threshold, string status) =>
        new("1", report, op, threshold, "set_parent_status_" + status);

    private static string NodeRule(string op, params (string Node, string Status)[] conditions) =>
        $$"""{"conditions":{"operator":"{{op}}","conditions":[{{string.Join(
            ',',
            conditions.Select(c => $$"""{"node_id":"{{c.Node}}","status":"{{c.Status}}","title":"x"}""")
        )}}]},"action":"set_parent_status_critical"}""";

    private V1Import Import(V1Dump dump)
    {
        var import = V1Import.Of(dump, _now);
        foreach (var node in import.Nodes)
        foreach (var @event in node.Structure.Concat(node.Events))
            Fold(@event);
        foreach (var report in import.Reports)
        {
            Fold(report.Check);
            if (report.Last is { } last)
                Fold(last);
        }
        return import;
    }

    private void Report(string source, double value) =>
        Fold(new ReportReceived(CheckIds.OfSource(source), source, _now, value));

    private void Fold(IEvent @event) => _evaluator.Fold(++_position, _now, @event);

    private string Status(V1Import import, string name) => Explain(import, name).Status;

    private NodeExplanation Explain(V1Import import, string name) =>
        _evaluator.Explain(import.Nodes.Single(n => n.Events.OfType<NodeCreated>().Single().Name == name).Id)!;
}
