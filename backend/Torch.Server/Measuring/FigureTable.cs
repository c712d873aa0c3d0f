using Torch.Contracts;

namespace Torch.Server.Measuring;

/// <summary>Figures by bucket and server, on their way to a chart.</summary>
internal sealed class FigureTable(int buckets)
{
    private readonly SortedDictionary<string, FigureSums?[]> _servers = new(StringComparer.Ordinal);

    /// <summary>Those that said something.</summary>
    public IReadOnlyList<string> Servers => [.. _servers.Keys];

    public void Add(int bucket, string server, FigureSums figures)
    {
        if (!_servers.TryGetValue(server, out var row))
            _servers[server] = row = new FigureSums?[buckets];
        if (row[bucket] is { } there)
            there.Merge(figures);
        else
            row[bucket] = figures;
    }

    public SystemFigure Of(Figure figure) =>
        new(
            figure.Name,
            figure.Unit,
            [.. Each(figure, static (sums, name) => sums.MeanOf(name))],
            [.. Each(figure, static (sums, name) => sums.LargestOf(name))]
        );

    private IEnumerable<double?> Each(Figure figure, Func<FigureSums, string, double?> read)
    {
        for (var bucket = 0; bucket < buckets; bucket++)
        {
            var values = _servers
                .Values.Select(row => row[bucket] is { } sums ? read(sums, figure.Name) : null)
                .OfType<double>()
                .ToList();
            yield return values.Count == 0 ? null : Math.Round(Together(figure, values), 3);
        }
    }

    private static double Together(Figure figure, List<double> values) =>
        figure.Across == Across.Sum ? values.Sum() : values.Max();
}
