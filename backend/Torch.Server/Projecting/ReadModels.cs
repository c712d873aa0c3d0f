using Torch.EventStore;

namespace Torch.Server.Projecting;

/// <summary>Every read model, for whoever folds the log beside the server.</summary>
public static class ReadModels
{
    /// <summary>In the order in which they fold a page.</summary>
    public static IReadOnlyList<IProjection> All() => ProjectionHost.All();
}
