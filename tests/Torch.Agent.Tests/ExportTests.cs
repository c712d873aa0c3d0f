using Microsoft.Extensions.Logging.Abstractions;
using Torch.Agent.Export;
using Torch.Contracts;

namespace Torch.Agent.Tests;

public sealed class ExportTests
{
    private readonly FakeTime _time = new();
    private readonly MemoryBuffer _buffer = new(capacity: 100);
    private readonly List<int> _delivered = [];
    private readonly List<int> _batches = [];
    private long _stands;
    private bool _losesAnswers;
    private int _failuresLeft;
    private Queue<int> _arrivingMeanwhile = [];

    [Fact]
    public async Task Results_that_the_server_did_not_take_are_sent_again_in_order()
    {
        _failuresLeft = 3;
        _arrivingMeanwhile = new Queue<int>([10, 11, 12]);
        AddResults(0, 10);
        using var stop = new CancellationTokenSource();
        var running = NewExporter(new ExportPacing { BatchSize = 4 }).RunAsync(stop.Token);
        await SleepOnUntil(() => _buffer.Count == 0);
        await stop.CancelAsync();
        await running;

        _delivered.ShouldBe(Enumerable.Range(0, 13));
        _batches.ShouldAllBe(size => size <= 4);
    }

    [Fact]
    public async Task Stopping_drains_what_waits()
    {
        AddResults(0, 10);
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        await NewExporter(new ExportPacing { BatchSize = 3 }).RunAsync(stopped.Token);
        _delivered.ShouldBe(Enumerable.Range(0, 10));
        _buffer.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Stopping_while_the_server_is_away_ends_at_the_drain_limit()
    {
        _failuresLeft = int.MaxValue;
        AddResults(0, 1);
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        var running = NewExporter(new ExportPacing { DrainLimit = TimeSpan.FromSeconds(5) }).RunAsync(stopped.Token);
        await SleepOnUntil(() => running.IsCompleted);
        await running;
        _time.Elapsed.ShouldBeInRange(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(6));
        _buffer.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_delivery_whose_answer_was_lost_is_not_taken_twice()
    {
        _losesAnswers = true;
        AddResults(0, 5);
        using var stop = new CancellationTokenSource();
        var running = NewExporter(new ExportPacing { BatchSize = 3 }).RunAsync(stop.Token);
        await SleepOnUntil(() => _buffer.Count == 0);
        await stop.CancelAsync();
        await running;
        _delivered.ShouldBe(Enumerable.Range(0, 5));
    }

    [Fact]
    public void At_the_cap_the_oldest_are_dropped_counted_and_told_as_a_gap_per_check()
    {
        var (first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        for (var number = 0; number < 104; number++)
            _buffer.Add(Some.Result(number) with { CheckId = number == 1 ? second : first });
        _buffer.Dropped.ShouldBe(4);
        var oldest = _buffer.Peek(2)!;
        oldest.Results.Select(result => result.StatusCode).ShouldBe([4, 5]);
        (oldest.From, oldest.To).ShouldBe((0, 6));
        oldest
            .Gaps.Select(gap => (gap.CheckId, gap.Results, gap.Reason))
            .ShouldBe([(first, 3L, GapReasons.Full), (second, 1L, GapReasons.Full)]);

        _buffer.Settle(oldest, oldest.To);
        _buffer.Peek(2)!.Gaps.ShouldBeEmpty();
        _buffer.Peek(2)!.From.ShouldBe(6);
    }

    [Fact]
    public void Where_the_server_stands_elsewhere_the_buffer_goes_on_from_there()
    {
        AddResults(0, 10);
        var batch = _buffer.Peek(4)!;
        _buffer.Settle(batch, 7);
        _buffer.Peek(4)!.Results[0].StatusCode.ShouldBe(7);
        _buffer.Peek(4)!.From.ShouldBe(7);
    }

    [Fact]
    public void What_was_dropped_while_its_batch_travelled_takes_no_newer_result_with_it()
    {
        AddResults(0, 100);
        var travelling = _buffer.Peek(10)!;
        AddResults(100, 4);
        _buffer.Settle(travelling, travelling.To);
        _buffer.Peek(1)!.Results[0].StatusCode.ShouldBe(10);
        _buffer.Count.ShouldBe(94);
    }

    [Fact]
    public void A_full_batch_leaves_at_once_and_a_small_one_waits_for_company()
    {
        var pacing = new ExportPacing { BatchSize = 10, Linger = TimeSpan.FromSeconds(1) };
        pacing.WaitFor(10).ShouldBe(TimeSpan.Zero);
        pacing.WaitFor(9).ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Back_off_doubles_up_to_its_limit_and_half_of_it_is_chance()
    {
        var pacing = new ExportPacing
        {
            FirstBackOff = TimeSpan.FromSeconds(1),
            LongestBackOff = TimeSpan.FromSeconds(10),
        };
        int[] failures = [1, 2, 3, 4, 5, 1000];
        failures.Select(n => pacing.BackOff(n, 1).TotalSeconds).ShouldBe([1, 2, 4, 8, 10, 10]);
        failures.Select(n => pacing.BackOff(n, 0).TotalSeconds).ShouldBe([0.5, 1, 2, 4, 5, 5]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5001)]
    public void A_batch_size_out_of_range_is_refused(int size) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new ExportPacing { BatchSize = size });

    private Exporter NewExporter(ExportPacing pacing) =>
        new(_buffer, DeliverAsync, pacing, _time, NullLogger<Exporter>.Instance);

    private Task<long> DeliverAsync(ResultDelivery delivery, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_failuresLeft > 0)
        {
            _failuresLeft--;
            if (_arrivingMeanwhile.TryDequeue(out var number))
                AddResults(number, 1);
            throw new HttpRequestException("away");
        }
        if (delivery.From != _stands)
            return Task.FromResult(_stands);
        _stands = delivery.To;
        _batches.Add(delivery.Results.Count);
        _delivered.AddRange(delivery.Results.Select(result => result.StatusCode!.Value));
        if (!_losesAnswers)
            return Task.FromResult(_stands);
        _losesAnswers = false;
        throw new HttpRequestException("the answer is lost");
    }

    private void AddResults(int first, int count)
    {
        for (var number = first; number < first + count; number++)
            _buffer.Add(Some.Result(number));
    }

    private Task SleepOnUntil(Func<bool> condition) =>
        Some.Until(() =>
        {
            if (!condition())
                _time.Advance(TimeSpan.FromMilliseconds(100));
            return condition();
        });
}
