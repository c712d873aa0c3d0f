namespace Torch.Domain;

/// <summary>Moments as tables keep them.</summary>
internal static class Instants
{
    /// <summary>Cut to the whole microsecond: PostgreSQL keeps no more of a moment, and .NET tells ten steps between two of them.</summary>
    public static DateTimeOffset ToMicrosecond(this DateTimeOffset at) =>
        at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond));
}
