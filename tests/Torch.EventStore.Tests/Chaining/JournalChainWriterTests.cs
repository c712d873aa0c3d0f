using Torch.EventStore.Chaining;

namespace Torch.EventStore.Tests.Chaining;

public sealed class JournalChainWriterTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("torch-chain-").FullName;
    private TestDatabase _database = null!;
    private EventLog _log = null!;
    private JournalKey _key = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _log = new EventLog(_database.DataSource);
        _key = JournalKey.OpenOrMake(Path.Combine(_folder, "journal.pem"));
    }

    public async ValueTask DisposeAsync()
    {
        _key.Dispose();
        await _log.DisposeAsync();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Every_journal_event_gets_a_hash_and_the_end_is_signed_on_a_clean_stop()
    {
        await AppendAsync(Log.Journal, 30);
        await AppendAsync(Log.Telemetry, 30);
        await AppendAsync(Log.Journal, 10);

        await Writer().CloseAsync(CancellationToken.None);

        (await _database.CountAsync("torch_log.journal_chain")).ShouldBe(40);
        (await _database.CountAsync("torch_log.journal_chain where octet_length(hash) = 32")).ShouldBe(40);
        (await _database.CountAsync("torch_log.journal_checkpoints where position = 70")).ShouldBe(1);
        _key.LastSigned.Read()!.Value.Position.ShouldBe(70);
        (await _log.CheckpointAsync(JournalChainWriter.Checkpoint, CancellationToken.None)).ShouldBe(70);
    }

    [Fact]
    public async Task A_running_writer_follows_the_journal_and_signs_what_is_new()
    {
        using var stop = new CancellationTokenSource();
        var running = Writer().RunAsync(stop.Token);

        await AppendAsync(Log.Journal, 5);
        await Eventually.IsTrueAsync(() => _database.CountAsync("torch_log.journal_checkpoints where position = 5"));
        await AppendAsync(Log.Journal, 2_500);
        await Eventually.IsTrueAsync(() => _database.CountAsync("torch_log.journal_chain where position = 2505"));

        // A signature about every 1,000 events; the rest waits for its minute.
        (await _database.CountAsync("torch_log.journal_checkpoints")).ShouldBe(3);
        await stop.CancelAsync();
        await running;
    }

    [Fact]
    public async Task Two_writers_at_once_make_one_chain()
    {
        await AppendAsync(Log.Journal, 3_000);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(FinishAsync)));

        (await _database.CountAsync("torch_log.journal_chain")).ShouldBe(3_000);
        var once = await HashAsync();
        await _database.ExecuteAsync("truncate torch_log.journal_chain");
        await _database.ExecuteAsync("update journal.mt_event_progression set last_seq_id = 0");
        await Writer().CloseAsync(CancellationToken.None);
        (await HashAsync()).ShouldBe(once, "the same journal has the same chain, however it was cut into pages");
    }

    [Fact]
    public async Task A_log_that_was_rolled_back_does_not_make_the_folder_forget()
    {
        await AppendAsync(Log.Journal, 10);
        await Writer().CloseAsync(CancellationToken.None);
        await _database.ExecuteAsync("delete from torch_log.journal_chain where position > 5");
        await _database.ExecuteAsync("delete from torch_log.journal_checkpoints");

        await Writer().CloseAsync(CancellationToken.None);
        await AppendAsync(Log.Journal, 10);
        await Writer().CloseAsync(CancellationToken.None);

        _key.LastSigned.Read()!.Value.Position.ShouldBe(10);
    }

    private JournalChainWriter Writer() => new(_database.DataSource, _key);

    private async Task FinishAsync()
    {
        while (await _log.CheckpointAsync(JournalChainWriter.Checkpoint, CancellationToken.None) < 3_000)
            await Writer().CloseAsync(CancellationToken.None);
    }

    private Task AppendAsync(Log log, int count) =>
        _log.MustAppendAsync(Some.Append(log, Guid.CreateVersion7(), Some.Events(count)));

    private async Task<byte[]> HashAsync()
    {
        await using var command = _database.DataSource.CreateCommand(
            "select hash from torch_log.journal_chain order by position desc limit 1"
        );
        return (byte[])(await command.ExecuteScalarAsync())!;
    }
}
