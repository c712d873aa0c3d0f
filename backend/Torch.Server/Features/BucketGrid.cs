using Torch.Server.Http;

namespace Torch.Server.Features;

/// <summary>A span of time cut into equal buckets.</summary>
internal sealed record BucketGrid(DateTimeOffset From, DateTimeOffset To, int Count)
{
    private const int Usual = 96;
    private const int Most = 1_000;

    /// <summary>How many were asked for, of the parameter <c>buckets</c>; 96 where it is absent.</summary>
    /// <exception cref="FaultException">Fewer than one, or more than 1,000.</exception>
    public static int Asked(int? buckets) =>
        buckets is < 1 or > Most
            ? throw new FaultException(Fault.Invalid("buckets", $"must be from 1 to {Most}"))
            : buckets ?? Usual;

    public TimeSpan Width => (To - From) / Count;

    public double WidthSeconds => Width.TotalSeconds;

    /// <summary>Of a moment within the span.</summary>
    public int IndexOf(DateTimeOffset at) => Math.Clamp((int)Math.Floor((at - From) / Width), 0, Count - 1);

    public DateTimeOffset Start(int index) => From + Width * index;
}
