using Torch.Domain.Statuses;

namespace Torch.Domain.Slo;

/// <summary>How each status of a workspace counts for an objective.</summary>
public static class CountingPolicy
{
    /// <summary>As the objective says, or by the status's availability.</summary>
    public static SortedDictionary<string, Counting> Of(StatusCatalog statuses, ObjectiveSettings settings)
    {
        var policy = new SortedDictionary<string, Counting>(StringComparer.Ordinal);
        foreach (var status in statuses.Ordered)
            policy[status.Name] = status.Available switch
            {
                true => Counting.Good,
                false => Counting.Bad,
                null => Counting.Excluded,
            };
        foreach (var (name, counting) in settings.Counts ?? new Dictionary<string, Counting>(StringComparer.Ordinal))
            policy[name] = counting;
        return policy;
    }
}
