namespace Torch.Benchmarks.Evaluation;

/// <summary>Microseconds in rounds, and the least that a round came to.</summary>
internal sealed class Spread(int perRound)
{
    private readonly List<double> _round = new(perRound);

    /// <summary>The least of the rounds' medians.</summary>
    public double Median { get; private set; } = double.MaxValue;

    /// <summary>The least of the rounds' 99th percentiles.</summary>
    public double P99 { get; private set; } = double.MaxValue;

    public void Add(double microseconds) => _round.Add(microseconds);

    public void EndRound(bool counts)
    {
        _round.Sort();
        if (counts)
        {
            Median = Math.Min(Median, _round[_round.Count / 2]);
            P99 = Math.Min(P99, _round[_round.Count * 99 / 100]);
        }
        _round.Clear();
    }
}
