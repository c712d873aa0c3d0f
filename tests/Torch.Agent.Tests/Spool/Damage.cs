namespace Torch.Agent.Tests.Spool;

/// <summary>One flipped bit, or one truncation.</summary>
internal static class Damage
{
    /// <returns>What was done.</returns>
    public static string Do(string path, Random random)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        var at = random.NextInt64(file.Length);
        if (random.Next(4) == 0)
        {
            file.SetLength(at);
            return $"{Path.GetFileName(path)} cut to {at} bytes";
        }
        var bit = random.Next(8);
        file.Position = at;
        var flipped = (byte)(file.ReadByte() ^ (1 << bit));
        file.Position = at;
        file.WriteByte(flipped);
        return $"{Path.GetFileName(path)}: bit {bit} of byte {at} flipped";
    }
}
