using System.Runtime.InteropServices;

namespace Torch.Domain.Rollups;

/// <summary>Adds up many sketches, in any order, without sorting before the end.</summary>
public sealed class SketchSum
{
    private readonly Dictionary<int, long> _counts = [];

    /// <param name="sketch">As <see cref="Sketch.ToBytes"/> writes it.</param>
    public void Add(ReadOnlySpan<byte> sketch)
    {
        var reader = new VarintReader(sketch);
        var bucket = 0;
        while (!reader.IsAtEnd)
        {
            bucket += (int)reader.Signed();
            CollectionsMarshal.GetValueRefOrAddDefault(_counts, bucket, out _) += (long)reader.Unsigned();
        }
    }

    /// <summary>What all of them hold.</summary>
    public Sketch ToSketch() => Sketch.Of(_counts);
}
