using Torch.Contracts;

namespace Torch.Server.Features.SystemFacts;

internal static class GetSystem
{
    /// <summary>Torch watching itself: version, head of the log, checkpoints, agents.</summary>
    public static Task<SystemView> Handle(SystemReading system, CancellationToken cancellationToken) =>
        system.ReadAsync(cancellationToken);
}
