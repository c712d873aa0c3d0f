using FsCheck;
using FsCheck.Fluent;
using Torch.Domain.Rules;
using Torch.Domain.Statuses;
using Torch.Domain.Tests.Evaluation;

namespace Torch.Domain.Tests.Rules;

/// <summary>Each roll-up, counted per rank, against a naive one over the sorted list of children.</summary>
public sealed class RollUpModelTests
{
    private static readonly string[] Given = ["up", "degraded", "critical", "down"];

    [Theory]
    [InlineData("worst")]
    [InlineData("2nd worst")]
    [InlineData("3rd worst")]
    [InlineData("best")]
    [InlineData("2nd best")]
    [InlineData("all-problem")]
    [InlineData("at-least 1 up")]
    [InlineData("at-least 3 up")]
    [InlineData("exactly 2 up")]
    [InlineData("degraded-unless-all")]
    [InlineData("fixed critical")]
    [InlineData("worst capped at degraded")]
    [InlineData("best capped at critical")]
    public void Each_roll_up_is_what_a_naive_one_says(string rollUp) =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => Agrees(rollUp, new Random(seed)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    private static bool Agrees(string rollUp, Random random)
    {
        var world = new World().Group("group");
        var statuses = new List<string>();
        for (var i = 0; i < random.Next(1, 7); i++)
        {
            statuses.Add(Given[random.Next(Given.Length)]);
            world.Leaf($"leaf {i}", "group").Report($"leaf {i}", statuses[i]);
        }
        world.Rules("group", rollUp);
        for (var i = 0; i < 10; i++)
        {
            if (world.Status("group") != Naive(rollUp, [.. statuses.OrderByDescending(Rank)]))
                return false;
            var changed = random.Next(statuses.Count);
            statuses[changed] = Given[random.Next(Given.Length)];
            world.Report($"leaf {changed}", statuses[changed]);
        }
        return true;
    }

    private static string Naive(string rollUp, string[] worstFirst)
    {
        RollUp.TryParse(rollUp, out var parsed).ShouldBeTrue();
        var core = Uncapped(parsed!, worstFirst);
        return parsed!.Cap is { } cap && Rank(core) > Rank(cap) ? cap : core;
    }

    private static string Uncapped(RollUp rollUp, string[] worstFirst)
    {
        var up = worstFirst.Count(s => s == "up");
        var n = Math.Min(rollUp.N, worstFirst.Length);
        return rollUp.Kind switch
        {
            RollUpKind.Worst => worstFirst[n - 1],
            RollUpKind.Best => worstFirst[^n],
            RollUpKind.AllProblem => up > 0 ? "up" : worstFirst[0],
            RollUpKind.AtLeastUp => up >= rollUp.N ? "up" : TooFew(rollUp.N, worstFirst),
            RollUpKind.ExactlyUp => up == rollUp.N ? "up"
            : up > rollUp.N ? "down"
            : TooFew(rollUp.N, worstFirst),
            RollUpKind.DegradedUnlessAll => worstFirst.All(s => s is "up" or "degraded") ? worstFirst[0]
            : worstFirst.Any(s => s is "up" or "degraded") ? "degraded"
            : worstFirst[0],
            _ => rollUp.Status!,
        };
    }

    private static string TooFew(int n, string[] worstFirst) =>
        n > worstFirst.Length ? "down"
        : worstFirst[^n] == "up" ? "down"
        : worstFirst[^n];

    private static int Rank(string status) => StatusCatalog.BuiltIn.RankOf(status);
}
