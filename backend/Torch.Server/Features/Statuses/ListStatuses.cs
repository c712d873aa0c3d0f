using Torch.Contracts;
using Torch.Domain.Statuses;

namespace Torch.Server.Features.Statuses;

internal static class ListStatuses
{
    /// <summary>Every status that a node can have.</summary>
    public static IReadOnlyList<StatusView> Handle() =>
        [
            .. StatusCatalog.BuiltIn.All.Select(s => new StatusView(
                s.Name,
                s.Label,
                s.Severity,
                s.Available,
                s.Shape,
                true
            )),
        ];
}
