using System.Text.Json;
using Torch.Server.Projecting;

namespace Torch.Server.Measuring;

/// <summary>Figures of one server and span counted together. As JSON, by their names: <c>[how many, their sum, the least, the largest]</c>.</summary>
internal sealed class FigureSums
{
    private readonly SortedDictionary<string, double[]> _all = new(StringComparer.Ordinal);

    /// <summary>How long rows of a level stay; null for ever.</summary>
    public static TimeSpan? KeptFor(int levelMinutes) =>
        levelMinutes switch
        {
            RollupLevels.Minute => TimeSpan.FromDays(14),
            RollupLevels.Quarter => TimeSpan.FromDays(400),
            _ => null,
        };

    public static FigureSums Parse(string json)
    {
        var sums = new FigureSums();
        using var figures = JsonDocument.Parse(json);
        foreach (var figure in figures.RootElement.EnumerateObject())
            sums._all[figure.Name] = [.. figure.Value.EnumerateArray().Select(n => n.GetDouble())];
        return sums;
    }

    /// <summary>Adds figures to a row, which begins where there was none.</summary>
    public static void Add<TKey>(
        Dictionary<TKey, FigureSums> rows,
        TKey key,
        IReadOnlyDictionary<string, double> figures
    )
        where TKey : notnull
    {
        if (!rows.TryGetValue(key, out var sums))
            rows[key] = sums = new();
        foreach (var (name, value) in figures)
            sums.Add(name, [1, value, value, value]);
    }

    public void Merge(FigureSums other)
    {
        foreach (var (name, sum) in other._all)
            Add(name, sum);
    }

    public double? MeanOf(string name) => _all.TryGetValue(name, out var sum) ? sum[1] / sum[0] : null;

    public double? LargestOf(string name) => _all.TryGetValue(name, out var sum) ? sum[3] : null;

    public byte[] ToJson() =>
        JsonSerializer.SerializeToUtf8Bytes(_all, FigureJson.Default.SortedDictionaryStringDoubleArray);

    private void Add(string name, double[] more) =>
        _all[name] = _all.TryGetValue(name, out var sum)
            ? [sum[0] + more[0], sum[1] + more[1], Math.Min(sum[2], more[2]), Math.Max(sum[3], more[3])]
            : more;
}

[System.Text.Json.Serialization.JsonSerializable(typeof(SortedDictionary<string, double[]>))]
internal sealed partial class FigureJson : System.Text.Json.Serialization.JsonSerializerContext;
