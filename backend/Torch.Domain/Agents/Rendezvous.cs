using System.Buffers.Binary;

namespace Torch.Domain.Agents;

/// <summary>
/// Rendezvous hashing (Thaler and Ravishankar, 1998): each check belongs to the agent with the highest score for it. When an agent comes
/// or goes, only the checks that it gets or had move.
/// </summary>
public static class Rendezvous
{
    /// <summary>Whose the check is; null where there is nobody. The order of the agents does not matter.</summary>
    public static Guid? Holder(Guid check, IEnumerable<Guid> agents)
    {
        Guid? holder = null;
        var highest = 0UL;
        foreach (var agent in agents)
        {
            var score = Score(check, agent);
            if (holder is null || score > highest || (score == highest && agent.CompareTo(holder.Value) > 0))
                (holder, highest) = (agent, score);
        }
        return holder;
    }

    private static ulong Score(Guid check, Guid agent)
    {
        Span<byte> bytes = stackalloc byte[32];
        check.TryWriteBytes(bytes, bigEndian: true, out _);
        agent.TryWriteBytes(bytes[16..], bigEndian: true, out _);
        var score = 0UL;
        for (var i = 0; i < 32; i += 8)
            score = Mixed(score ^ BinaryPrimitives.ReadUInt64BigEndian(bytes[i..]));
        return score;
    }

    // The finalizer of SplitMix64: each bit of the input changes half of the bits of the output.
    private static ulong Mixed(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
