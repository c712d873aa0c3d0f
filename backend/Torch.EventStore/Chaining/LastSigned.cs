using System.Text.Json;

namespace Torch.EventStore.Chaining;

/// <summary>The newest signed hash, remembered outside the database: whoever cuts off the journal's end cannot make it forget.</summary>
public sealed class LastSigned(string file)
{
    private sealed record Entry(long Position, string Hash);

    /// <summary>Where it is kept.</summary>
    public string File => file;

    /// <summary>Position and hash, null where nothing was signed yet.</summary>
    public (long Position, byte[] Hash)? Read()
    {
        if (!System.IO.File.Exists(file))
            return null;
        try
        {
            var entry = JsonSerializer.Deserialize<Entry>(System.IO.File.ReadAllText(file), JsonSerializerOptions.Web)!;
            return (entry.Position, Convert.FromHexString(entry.Hash));
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw new JournalKeyException($"{file} cannot be understood; delete it if it is damaged");
        }
    }

    internal void Write(SignedHash signed)
    {
        var entry = new Entry(signed.Position, Convert.ToHexStringLower(signed.Hash));
        System.IO.File.WriteAllText(file + ".new", JsonSerializer.Serialize(entry, JsonSerializerOptions.Web) + "\n");
        System.IO.File.Move(file + ".new", file, overwrite: true);
    }
}
