namespace Torch.Server.Features;

/// <summary>A span of time cut into equal buckets.</summary>
internal sealed record BucketGrid(DateTimeOffset From, DateTimeOffset To, int Count)
{
    public TimeSpan Width => (To - From) / Count;

    public double WidthSeconds => Width.TotalSeconds;

    public DateTimeOffset Start(int index) => From + Width * index;
}
