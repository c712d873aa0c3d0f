using Torch.EventStore.Chaining;
using Torch.EventStore.Verifying;

namespace Torch.EventStore.Tests.Verifying;

/// <summary>A log with two journal streams and one of telemetry, chained and signed, for tests to tamper with.</summary>
public abstract class VerifiedLog : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("torch-verify-").FullName;

    protected TestDatabase Database { get; private set; } = null!;

    protected EventLog Log { get; private set; } = null!;

    protected JournalKey Key { get; private set; } = null!;

    /// <summary>Journal: positions 1 to 5, 11 to 15. <see cref="Second"/>: 6 to 10. Telemetry: 16 to 25.</summary>
    protected Guid First { get; } = Guid.CreateVersion7();

    protected Guid Second { get; } = Guid.CreateVersion7();

    protected Guid Watched { get; } = Guid.CreateVersion7();

    public async ValueTask InitializeAsync()
    {
        Database = await TestDatabase.CreateAsync();
        Log = new EventLog(Database.DataSource);
        Key = JournalKey.OpenOrMake(Path.Combine(_folder, "journal.pem"));
        await Log.MustAppendAsync(Some.Append(EventStore.Log.Journal, First, Some.Events(5)));
        await Log.MustAppendAsync(Some.Append(EventStore.Log.Journal, Second, Some.Events(5)));
        await ChainAsync();
        await Log.MustAppendAsync(Some.Append(EventStore.Log.Journal, First, Some.Events(5)));
        await Log.MustAppendAsync(Some.Append(EventStore.Log.Telemetry, Watched, Some.Events(10)));
        await ChainAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Key.Dispose();
        await Log.DisposeAsync();
        await Database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected Task ChainAsync() => new JournalChainWriter(Database.DataSource, Key).CloseAsync(CancellationToken.None);

    protected JournalKey OtherKey() => JournalKey.OpenOrMake(Path.Combine(_folder, "other", "journal.pem"));

    protected async Task<VerifyReport> VerifyAsync(int pageSize = 7, VerifyOptions? options = null)
    {
        using var open = JournalPublicKey.Read(JournalKey.PublicFileOf(Key.File));
        options ??= new VerifyOptions { PublicKeys = [open], LastSigned = Key.LastSigned.Read() };
        return await new LogVerifier(Database.DataSource, options with { PageSize = pageSize }).RunAsync(
            CancellationToken.None
        );
    }

    /// <summary>As a role that may do anything would tamper.</summary>
    protected Task TamperAsync(string sql) =>
        Database.ExecuteAsync("set session_replication_role = replica; " + sql + "; reset session_replication_role");

    /// <summary>Recomputes the chain from a position on, as somebody without the key could.</summary>
    protected async Task ForgeChainAsync(long from)
    {
        await Database.ExecuteAsync($"delete from torch_log.journal_chain where position >= {from}");
        await Database.ExecuteAsync(
            $"update journal.mt_event_progression set last_seq_id = {from - 1} where name = '{JournalChainWriter.Checkpoint}'"
        );
        await new JournalChainWriter(Database.DataSource, key: null).CloseAsync(CancellationToken.None);
    }
}
