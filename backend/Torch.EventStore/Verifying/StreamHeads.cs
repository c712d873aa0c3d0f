using System.Runtime.InteropServices;

namespace Torch.EventStore.Verifying;

/// <summary>The newest event of each stream that a pass has seen.</summary>
internal sealed class StreamHeads
{
    private readonly Dictionary<Guid, (long Version, long Position)> _heads = [];

    public int Count => _heads.Count;

    public IReadOnlyDictionary<Guid, (long Version, long Position)> All => _heads;

    /// <summary>Notes an event; answers what stood there before, (0, 0) for the first of its stream.</summary>
    public (long Version, long Position) Move(Guid stream, long version, long position)
    {
        ref var head = ref CollectionsMarshal.GetValueRefOrAddDefault(_heads, stream, out _);
        var before = head;
        head = (version, position);
        return before;
    }
}
