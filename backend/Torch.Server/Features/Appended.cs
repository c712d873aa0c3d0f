namespace Torch.Server.Features;

/// <summary>The highest position that a request of this process has appended, so that a read just after it waits a moment for its own write.</summary>
internal sealed class Appended
{
    private long _position;

    public long Position => Volatile.Read(ref _position);

    public void Note(long position)
    {
        var seen = Position;
        while (position > seen)
        {
            var before = Interlocked.CompareExchange(ref _position, position, seen);
            if (before == seen)
                return;
            seen = before;
        }
    }
}
