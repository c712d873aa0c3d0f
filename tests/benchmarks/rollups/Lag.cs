using System.Globalization;
using Torch.EventStore;

namespace Torch.Benchmarks.Rollups;

/// <summary>How many positions the projection is behind the log's head, looked at ten times a second.</summary>
internal sealed class Lag(ProjectionRunner runner, EventLog log)
{
    private readonly List<long> _behind = [];
    private volatile bool _isOver;

    public void End() => _isOver = true;

    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        while (!_isOver)
        {
            var position = runner.Position;
            _behind.Add(await log.HeadAsync(cancellationToken) - position);
            await Task.Delay(100, cancellationToken);
        }
    }

    public string Line()
    {
        var (half, sorted) = (_behind.Count / 2, _behind.Order().ToList());
        return string.Create(
            CultureInfo.InvariantCulture,
            $"  behind the head: median {sorted[half]:N0} events, most {sorted[^1]:N0}, in the last half at most {_behind.Skip(half).Max():N0}"
        );
    }
}
