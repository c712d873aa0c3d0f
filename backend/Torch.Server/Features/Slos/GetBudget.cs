using Torch.Contracts;
using Torch.Server.Auth;
using Torch.Server.Http;

namespace Torch.Server.Features.Slos;

internal static class GetBudget
{
    private const int Fewest = 2;
    private const int Most = 500;
    private const int Usual = 60;

    /// <summary>How an objective's error budget went down over its window.</summary>
    /// <remarks>Counted as the report is: with the same <c>asOf</c> and <c>atPosition</c> the last point is the report's budget.</remarks>
    /// <param name="points">2 to 500 moments from the window's beginning to the end of what is counted; 60 where absent.</param>
    /// <param name="asOf">RFC 3339, not in the future: as of the report.</param>
    /// <param name="atPosition">What is known: the events up to this position. All of them where absent.</param>
    public static async Task<BudgetSeries> Handle(
        Guid id,
        int? points,
        string? asOf,
        string? atPosition,
        ReportMaking making,
        ReportAsking asking,
        Sight sight,
        CancellationToken cancellationToken
    )
    {
        if (points is < Fewest or > Most)
            throw new FaultException(Fault.Invalid("points", $"must be from {Fewest} to {Most}"));
        var asked = await asking.ReadAsync(id, asOf, atPosition, sight, cancellationToken);
        return await making.BudgetAsync(asked, points ?? Usual, cancellationToken)
            ?? throw new FaultException(Fault.NotFound("objective"));
    }
}
