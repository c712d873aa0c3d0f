using System.Globalization;
using System.Text;
using Torch.EventStore.Reading;

namespace Torch.EventStore.Verifying;

/// <summary>Something in the log that is not as it must be, and where.</summary>
/// <param name="Check">Which check found it: <c>order</c>, <c>timestamps</c>, <c>versions</c>, <c>heads</c>, <c>partitions</c>, <c>checkpoints</c>, <c>chain</c>, <c>signatures</c>, ...</param>
/// <param name="What">What is wrong, in words.</param>
public sealed record Finding(string Check, string What)
{
    /// <summary>The log that it concerns, where it is one.</summary>
    public Log? Log { get; init; }

    /// <summary>Where it first shows.</summary>
    public long? Position { get; init; }

    /// <summary>The stream that it concerns.</summary>
    public Guid? Stream { get; init; }

    /// <summary>What should be there.</summary>
    public string? Expected { get; init; }

    /// <summary>What is there.</summary>
    public string? Found { get; init; }

    /// <summary>One line for people.</summary>
    public override string ToString()
    {
        var line = new StringBuilder($"{Check}: {What}");
        if (Position is { } position)
            line.Append(CultureInfo.InvariantCulture, $" at position {position}");
        if (Log is { } log)
            line.Append(CultureInfo.InvariantCulture, $" of the {log.Schema()}");
        if (Stream is { } stream)
            line.Append(CultureInfo.InvariantCulture, $", stream {stream}");
        if (Expected is not null || Found is not null)
            line.Append(CultureInfo.InvariantCulture, $": expected {Expected}, found {Found}");
        return line.ToString();
    }
}

/// <summary>Findings as they come. Of one check only the first are kept, for one fault can have a million consequences.</summary>
internal sealed class Findings
{
    public const int KeptPerCheck = 20;

    private readonly List<Finding> _kept = [];
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    public IReadOnlyList<Finding> Kept => _kept;

    /// <summary>All that were found, the ones not kept among them.</summary>
    public long Total => _counts.Values.Sum();

    public void Add(Finding finding)
    {
        var count = _counts[finding.Check] = _counts.GetValueOrDefault(finding.Check) + 1;
        if (count <= KeptPerCheck)
            _kept.Add(finding);
    }

    public void AddRange(IEnumerable<Finding> findings)
    {
        foreach (var finding in findings)
            Add(finding);
    }
}
