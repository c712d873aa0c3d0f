using Torch.EventStore.Chaining;
using Torch.EventStore.Copying;
using Torch.EventStore.Verifying;

namespace Torch.EventStore.Tests.Copying;

/// <summary>A log with something of everything, and a fresh database to bring it to.</summary>
public abstract class CopiedLog : IAsyncLifetime
{
    protected string Folder { get; } = Directory.CreateTempSubdirectory("torch-copy-").FullName;

    protected TestDatabase From { get; private set; } = null!;

    protected TestDatabase To { get; private set; } = null!;

    protected JournalKey Key { get; private set; } = null!;

    protected EventLog Log { get; private set; } = null!;

    protected Guid Journalled { get; } = Guid.CreateVersion7();

    protected Guid Watched { get; } = Guid.CreateVersion7();

    public async ValueTask InitializeAsync()
    {
        From = await TestDatabase.CreateAsync();
        To = await TestDatabase.CreateAsync();
        Log = new EventLog(From.DataSource);
        Key = JournalKey.OpenOrMake(Path.Combine(Folder, "journal.pem"));
        await FillAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Key.Dispose();
        await Log.DisposeAsync();
        await From.DisposeAsync();
        await To.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>200 events of both logs, with metadata, numbers and texts that a careless copy would change.</summary>
    private async Task FillAsync()
    {
        var who = new EventMetadata(
            "request-1",
            "cause-1",
            new Dictionary<string, string> { ["actor"] = "Ünal \"U\"" }
        );
        var odd = new EventData(
            Guid.CreateVersion7(),
            "node_created",
            """{"big":12345678901234567890,"zeros":1.500,"tiny":1e-9,"text":"line\nfeed \u0007 😀 <&>","b":{"z":1,"a":[]}}"""u8.ToArray(),
            who
        );
        await Log.MustAppendAsync(Some.Append(EventStore.Log.Journal, Journalled, odd));
        for (var i = 0; i < 10; i++)
        {
            await Log.MustAppendAsync(Some.Append(EventStore.Log.Telemetry, Watched, Some.Events(12)));
            await Log.MustAppendAsync(Some.Append(EventStore.Log.Journal, Journalled, Some.Events(7)));
        }
        await Log.MustAppendAsync(Some.Append(EventStore.Log.Telemetry, Guid.CreateVersion7(), Some.Events(9)));
        await new JournalChainWriter(From.DataSource, Key).CloseAsync(CancellationToken.None);
        await Log.MustAppendAsync(
            Some.Append(EventStore.Log.Telemetry, Watched, Some.Event()) with
            {
                Key = new IdempotencyKey("reports", "key-1", new byte[32], "{}"u8.ToArray()),
                Checkpoint = new CheckpointMove("Evaluator:All", 0, 150),
            }
        );
    }

    protected string PathOf(string name) => Path.Combine(Folder, name);

    protected static ExportOptions Options => new() { Checkpoints = ["Evaluator:All"], PageSize = 50 };

    protected static Task<CopyReport> ExportAsync(TestDatabase from, string file, ExportOptions? options = null) =>
        new LogExport(from.DataSource, options ?? Options).RunAsync(file, CancellationToken.None);

    protected static Task<CopyReport> ImportAsync(TestDatabase to, string file) =>
        new LogImport(to.DataSource, SideTable.OfTheLog).RunAsync(file, CancellationToken.None);

    protected async Task<VerifyReport> VerifyAsync(TestDatabase database)
    {
        using var key = JournalPublicKey.Read(JournalKey.PublicFileOf(Key.File));
        var options = new VerifyOptions { PublicKeys = [key], LastSigned = Key.LastSigned.Read() };
        return await new LogVerifier(database.DataSource, options).RunAsync(CancellationToken.None);
    }

    /// <summary>Every row of both logs and of what moves with them.</summary>
    protected static async Task<string> DumpAsync(TestDatabase database)
    {
        string[] tables =
        [
            "journal.mt_events",
            "journal.mt_streams",
            "telemetry.mt_events",
            "telemetry.mt_streams",
            "torch_log.journal_chain",
            "torch_log.journal_checkpoints",
            "torch_log.idempotency_keys",
            "torch_log.telemetry_partitions where from_position = 0",
        ];
        var dump = "";
        foreach (var table in tables)
            dump += await TextAsync(
                database,
                $"select '{table.Split(' ')[0]}: ' || coalesce(string_agg(to_jsonb(t)::text, E'\\n' order by to_jsonb(t)::text), '') from (select * from {table}) t"
            );
        return dump;
    }

    protected static async Task<string> TextAsync(TestDatabase database, string sql)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        return Convert.ToString(await command.ExecuteScalarAsync())!;
    }
}
