namespace Torch.EventStore.Projecting;

/// <summary>A projection, the name of its checkpoint, and the schema that it fills.</summary>
internal sealed record FoldTarget(IProjection Projection, string Name, string Schema)
{
    public static FoldTarget Live(IProjection projection) => new(projection, projection.Name, ProjectionTarget.Live);

    /// <summary>A rebuild beside the live tables, with a checkpoint of its own.</summary>
    public static FoldTarget Shadow(IProjection projection) =>
        new(projection, ProjectionNames.Short(projection.Name) + ":Rebuild", ProjectionTarget.Shadow);

    public bool Wants(RecordedEvent @event) =>
        (Projection.Source is null || Projection.Source == @event.Log)
        && (Projection.Types is not { } types || types.Contains(@event.Type));
}
