using Torch.Domain.Rules;
using Torch.Domain.Statuses;

namespace Torch.Domain.Evaluation;

/// <summary>Rolls children up from how many there are of each rank; the cost does not grow with the children.</summary>
internal sealed class RollUps(RollUp rollUp, StatusCatalog statuses)
{
    private readonly int _up = statuses.RankOf(StatusCatalog.Up);
    private readonly int _degraded = statuses.RankOf(StatusCatalog.Degraded);
    private readonly int _down = statuses.RankOf(StatusCatalog.Down);
    private readonly int _fixed = statuses.RankOf(
        rollUp.Status is { } name && statuses.RankOf(name) >= 0 ? name : StatusCatalog.Unknown
    );
    private readonly int _cap =
        rollUp.Cap is { } cap && statuses.RankOf(cap) is >= 0 and var rank ? rank : int.MaxValue;

    public RollUp RollUp => rollUp;

    /// <param name="byRank">Per rank, the edges that count as it.</param>
    /// <param name="counted">Their number, at least 1.</param>
    public int Of(Few<EdgeState>[] byRank, int counted) => Math.Min(Uncapped(byRank, counted), _cap);

    private int Uncapped(Few<EdgeState>[] byRank, int counted)
    {
        var up = byRank[_up].Count;
        return rollUp.Kind switch
        {
            RollUpKind.Best => NthBest(byRank, Math.Min(rollUp.N, counted)),
            RollUpKind.AllProblem => up > 0 ? _up : NthWorst(byRank, 1),
            RollUpKind.AtLeastUp => up >= rollUp.N ? _up : TooFewUp(byRank, counted),
            RollUpKind.ExactlyUp => up == rollUp.N ? _up
            : up > rollUp.N ? _down
            : TooFewUp(byRank, counted),
            RollUpKind.DegradedUnlessAll => NthBest(byRank, 1) > _degraded
                ? NthWorst(byRank, 1)
                : Math.Min(NthWorst(byRank, 1), _degraded),
            RollUpKind.Fixed => _fixed,
            _ => NthWorst(byRank, Math.Min(rollUp.N, counted)),
        };
    }

    // As Icinga's "at least n": the nth best child speaks. Where there are not even n children, nobody can.
    private int TooFewUp(Few<EdgeState>[] byRank, int counted)
    {
        if (rollUp.N > counted)
            return _down;
        var nth = NthBest(byRank, rollUp.N);
        return nth == _up ? _down : nth;
    }

    private static int NthWorst(Few<EdgeState>[] byRank, int n)
    {
        var rank = byRank.Length;
        while (n > 0)
            n -= byRank[--rank].Count;
        return rank;
    }

    private static int NthBest(Few<EdgeState>[] byRank, int n)
    {
        var rank = -1;
        while (n > 0)
            n -= byRank[++rank].Count;
        return rank;
    }
}
