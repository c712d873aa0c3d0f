using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Torch.EventStore;

/// <summary>One numbered SQL file. Applied once per database, in the order of its set and name; never edited afterwards.</summary>
/// <param name="Set">Whose scripts these are, such as <c>Torch.EventStore</c>.</param>
/// <param name="Name">The file's name, which begins with its number.</param>
public sealed record SchemaScript(string Set, string Name, string Sql)
{
    /// <summary>The log's own scripts.</summary>
    public static IReadOnlyList<SchemaScript> OfTheLog { get; } = EmbeddedIn(typeof(SchemaScript).Assembly);

    /// <summary>SHA-256 of the text.</summary>
    public byte[] Hash() => SHA256.HashData(Encoding.UTF8.GetBytes(Sql));

    /// <summary>Every <c>.sql</c> file that an assembly embeds, in order of name.</summary>
    public static IReadOnlyList<SchemaScript> EmbeddedIn(Assembly assembly) =>
        assembly
            .GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => new SchemaScript(assembly.GetName().Name!, name, Read(assembly, name)))
            .ToList();

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
