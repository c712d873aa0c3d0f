using System.Text.Json;
using Torch.EventStore.Copying;

namespace Torch.EventStore.Tests.Copying;

public sealed class ExportImportTests : CopiedLog
{
    [Fact]
    public async Task A_copy_is_the_same_row_by_row_and_its_own_export_byte_by_byte()
    {
        var exported = await ExportAsync(From, PathOf("first.ndjson"));
        var imported = await ImportAsync(To, PathOf("first.ndjson"));
        await ExportAsync(To, PathOf("second.ndjson"));

        exported.Events.ShouldBe(201);
        (imported.Events, imported.Skipped).ShouldBe((201, 0));
        (await DumpAsync(To)).ShouldBe(await DumpAsync(From));
        (await File.ReadAllTextAsync(PathOf("second.ndjson"))).ShouldBe(
            await File.ReadAllTextAsync(PathOf("first.ndjson"))
        );
    }

    [Fact]
    public async Task A_copy_verifies_with_the_old_public_key()
    {
        await ExportAsync(From, PathOf("log.ndjson.gz"));
        await ImportAsync(To, PathOf("log.ndjson.gz"));

        var report = await VerifyAsync(To);

        report.Findings.ShouldBeEmpty();
        report.SignedThrough.ShouldBeGreaterThan(0);
        report.SignedThrough.ShouldBe((await VerifyAsync(From)).SignedThrough);
    }

    [Fact]
    public async Task A_copy_goes_on_where_the_log_ended()
    {
        await ExportAsync(From, PathOf("log.ndjson"));
        await ImportAsync(To, PathOf("log.ndjson"));
        await using var copy = new EventLog(To.DataSource);

        var appended = await copy.MustAppendAsync(Some.Expecting(121, EventStore.Log.Telemetry, Watched, Some.Event()));
        var repeated = await copy.AppendAsync(
            Some.Append(EventStore.Log.Telemetry, Watched, Some.Event()) with
            {
                Key = new IdempotencyKey("reports", "key-1", new byte[32], "{}"u8.ToArray()),
            }
        );

        appended.Position.ShouldBe(202);
        repeated.ShouldBeOfType<AppendOutcome.Repeated>().Position.ShouldBe(201);
        (await copy.CheckpointAsync("Evaluator:All", CancellationToken.None)).ShouldBe(150);
        (await VerifyAsync(To)).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_imported_is_skipped_the_second_time()
    {
        await ExportAsync(From, PathOf("log.ndjson"));
        await ImportAsync(To, PathOf("log.ndjson"));
        var before = await DumpAsync(To);

        var again = await ImportAsync(To, PathOf("log.ndjson"));

        again.Skipped.ShouldBe(201);
        (await DumpAsync(To)).ShouldBe(before);
    }

    [Fact]
    public async Task A_log_travels_in_parts_too()
    {
        await ExportAsync(From, PathOf("1.ndjson"), Options with { To = 100 });
        await ExportAsync(From, PathOf("2.ndjson"), Options with { From = 101 });

        var early = await Should.ThrowAsync<LogCopyException>(ImportAsync(To, PathOf("2.ndjson")));
        early.Message.ShouldBe(
            "the export begins at position 101, but the database ends at 0: import what lies between first"
        );
        await ImportAsync(To, PathOf("1.ndjson"));
        await ImportAsync(To, PathOf("2.ndjson"));

        (await DumpAsync(To)).ShouldBe(await DumpAsync(From));
        (await VerifyAsync(To)).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_import_that_was_killed_goes_on_where_it_stopped()
    {
        await Log.MustAppendAsync(Some.Append(EventStore.Log.Telemetry, Watched, Some.Events(12_000)));
        await ExportAsync(From, PathOf("log.ndjson"), Options with { PageSize = 5_000 });
        using var kill = new CancellationTokenSource();
        var import = new LogImport(To.DataSource, SideTable.OfTheLog) { OnBatch = (_, _) => kill.Cancel() };

        await Should.ThrowAsync<OperationCanceledException>(import.RunAsync(PathOf("log.ndjson"), kill.Token));
        (await To.CountAsync("telemetry.mt_events")).ShouldBeInRange(1, 11_999);
        (await ImportGuard.IsUnfinishedAsync(To.DataSource, CancellationToken.None)).ShouldBeTrue();
        var rest = await ImportAsync(To, PathOf("log.ndjson"));

        rest.Skipped.ShouldBeInRange(1, 12_000);
        (await ImportGuard.IsUnfinishedAsync(To.DataSource, CancellationToken.None)).ShouldBeFalse();
        (await DumpAsync(To)).ShouldBe(await DumpAsync(From));
    }

    [Fact]
    public async Task Streams_whose_events_have_expired_keep_their_versions()
    {
        await From.ExecuteAsync(
            "select setval('torch_log.positions', to_position - 1) from torch_log.telemetry_partitions where from_position = 0"
        );
        await Log.MustAppendAsync(Some.Append(EventStore.Log.Telemetry, Watched, Some.Events(5)));
        await From.ExecuteAsync(
            "drop table telemetry.mt_events_0; delete from torch_log.telemetry_partitions where from_position = 0"
        );

        await ExportAsync(From, PathOf("first.ndjson"));
        await ImportAsync(To, PathOf("first.ndjson"));
        await ExportAsync(To, PathOf("second.ndjson"));

        (await DumpAsync(To)).ShouldBe(await DumpAsync(From));
        (await File.ReadAllTextAsync(PathOf("second.ndjson"))).ShouldBe(
            await File.ReadAllTextAsync(PathOf("first.ndjson"))
        );
        (await VerifyAsync(To)).Findings.ShouldBeEmpty();
        await using var copy = new EventLog(To.DataSource);
        await copy.MustAppendAsync(Some.Expecting(126, EventStore.Log.Telemetry, Watched, Some.Event()));
    }

    [Fact]
    public async Task Each_line_says_everything_about_its_event()
    {
        await ExportAsync(From, PathOf("log.ndjson"), Options with { Log = EventStore.Log.Journal });

        var lines = await File.ReadAllLinesAsync(PathOf("log.ndjson"));
        var header = JsonElement.Parse(lines[0]);
        (header.GetProperty("log").GetString(), header.GetProperty("to").GetInt64()).ShouldBe(("journal", 201));
        var first = JsonElement.Parse(lines[1]);
        first
            .EnumerateObject()
            .Select(p => p.Name)
            .ShouldBe([
                "log",
                "position",
                "id",
                "stream",
                "streamType",
                "version",
                "type",
                "timestamp",
                "correlation",
                "causation",
                "headers",
                "data",
            ]);
        first.GetProperty("data").GetRawText().ShouldContain("\"big\": 12345678901234567890");
        JsonElement.Parse(lines[^1]).GetProperty("events").GetInt64().ShouldBe(71);
    }
}
