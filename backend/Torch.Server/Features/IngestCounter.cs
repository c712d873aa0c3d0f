namespace Torch.Server.Features;

/// <summary>Counts what this process has taken in.</summary>
internal sealed class IngestCounter
{
    private long _count;

    public long Count => Interlocked.Read(ref _count);

    public void Add(int reports) => Interlocked.Add(ref _count, reports);
}
