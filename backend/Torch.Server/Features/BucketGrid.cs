namespace Torch.Server.Features;

/// <summary>A span of time cut into equal buckets.</summary>
internal sealed record BucketGrid(DateTimeOffset From, DateTimeOffset To, int Count)
{
    public TimeSpan Width => (To - From) / Count;

    public double WidthSeconds => Width.TotalSeconds;

    /// <summary>Of a moment within the span.</summary>
    public int IndexOf(DateTimeOffset at) => Math.Clamp((int)Math.Floor((at - From) / Width), 0, Count - 1);

    public DateTimeOffset Start(int index) => From + Width * index;
}
