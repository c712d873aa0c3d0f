using System.Text;
using Npgsql;

namespace Torch.EventStore.Tests;

public sealed class LostAnswerTests : IAsyncLifetime
{
    private readonly LogFixture _fixture = new();
    private readonly Guid _stream = Guid.CreateVersion7();
    private FaultProxy _proxy = null!;
    private NpgsqlDataSource _dataSource = null!;
    private EventLog _log = null!;

    public async ValueTask InitializeAsync()
    {
        await _fixture.InitializeAsync();
        _proxy = FaultProxy.Before(_fixture.Database.ConnectionString);
        _dataSource = NpgsqlDataSource.Create(_proxy.ConnectionString);
        _log = new EventLog(_dataSource);
        await _log.MustAppendAsync(Some.Append(Log.Journal, Guid.CreateVersion7(), Some.Event()));
    }

    public async ValueTask DisposeAsync()
    {
        await _log.DisposeAsync();
        await _dataSource.DisposeAsync();
        await _proxy.DisposeAsync();
        await _fixture.DisposeAsync();
    }

    [Fact]
    public async Task A_commit_whose_answer_is_lost_is_found_by_its_ids_and_not_written_again()
    {
        var marked = Some.Event(data: """{"mark":"lose-this-answer"}""");
        _proxy.LoseAnswersTo(Encoding.UTF8.GetBytes("lose-this-answer"), 1);

        var appended = await _log.MustAppendAsync(Some.Append(Log.Telemetry, _stream, Some.Event(), marked));

        _proxy.Lost.ShouldBe(1);
        appended.Versions.ShouldBe([2]);
        var read = await _fixture.Log.ReadStreamAsync(new StreamRead(Log.Telemetry, _stream));
        read.Select(e => e.Version).ShouldBe([1, 2]);
        read[^1].Position.ShouldBe(appended.Position);
        read[^1].Timestamp.ShouldBe(appended.Timestamp);
    }

    [Fact]
    public async Task A_key_and_a_checkpoint_survive_a_lost_answer_once()
    {
        var key = new IdempotencyKey("ann /reports", "lose-this-key", new byte[] { 1 }, new byte[] { 2 });
        _proxy.LoseAnswersTo(Encoding.UTF8.GetBytes("lose-this-key"), 1);
        var request = Some.Append(Log.Telemetry, _stream, Some.Event()) with
        {
            Key = key,
            Checkpoint = new CheckpointMove("Evaluator:All", 0, 5),
        };

        var first = await _log.MustAppendAsync(request);
        var again = await _log.AppendAsync(request with { Checkpoint = null });

        _proxy.Lost.ShouldBe(1);
        again.ShouldBeOfType<AppendOutcome.Repeated>().Position.ShouldBe(first.Position);
        (await _fixture.Log.CheckpointAsync("Evaluator:All", CancellationToken.None)).ShouldBe(5);
    }

    [Fact]
    public async Task A_checkpoint_without_events_is_settled_by_where_it_stands()
    {
        _proxy.LoseAnswersTo(Encoding.UTF8.GetBytes("Lonely:All"), 1);
        var request = new AppendRequest { Streams = [], Checkpoint = new CheckpointMove("Lonely:All", 0, 1) };

        await _log.MustAppendAsync(request);

        (await _fixture.Log.CheckpointAsync("Lonely:All", CancellationToken.None)).ShouldBe(1);
    }
}
