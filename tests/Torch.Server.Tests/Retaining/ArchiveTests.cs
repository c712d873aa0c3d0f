using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;
using Torch.EventStore;
using Torch.Server.Retaining;
using Torch.Server.Tests.Folding;

namespace Torch.Server.Tests.Retaining;

public sealed class ArchiveTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("torch-archive-").FullName;
    private RetainedLog _log = null!;

    public async ValueTask InitializeAsync()
    {
        _log = await RetainedLog.StartAsync();
        for (var i = 0; i < 25; i++)
            await _log.Server.ReportAsync("archived", value: i);
        await _log.AgeAsync(40);
        await _log.PassAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _log.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_partition_is_in_its_archive_before_it_goes()
    {
        var rows = await _log.Database.CountAsync("telemetry.mt_events_0");
        (await _log.Retainer(_folder).RunAsync(Token)).ShouldNotBeNull().Dropped.ShouldBe(["mt_events_0"]);

        var file = Directory.GetFiles(_folder).ShouldHaveSingleItem();
        var lines = Lines(file);
        lines.Count.ShouldBe((int)rows);
        var first = lines.First(l => l.GetProperty("type").GetString() == "report_received");
        first.GetProperty("specversion").GetString().ShouldBe("1.0");
        first.GetProperty("data").GetProperty("source").GetString().ShouldBe("archived");
        first.EnumerateObject().ShouldAllBe(p => p.Name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)));
        var hash = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file, Token)));
        (
            await _log.Database.TextAsync(
                "select data->'archive'->>'sha256' from journal.mt_events where type = 'partition_sealed'"
            )
        ).ShouldBe(hash);
    }

    [Fact]
    public async Task A_partition_whose_archive_cannot_be_written_stays_and_says_so()
    {
        var nowhere = Path.Combine(_folder, "away");
        var outcome = (await _log.Retainer(nowhere).RunAsync(Token)).ShouldNotBeNull();
        outcome.Dropped.ShouldBeEmpty();
        outcome.Partitions[0].Kept.ShouldHaveSingleItem().Code.ShouldBe("archive_failed");
        (await _log.Database.CountAsync("telemetry.mt_events_0")).ShouldBeGreaterThanOrEqualTo(25);

        Directory.CreateDirectory(nowhere);
        (await _log.Retainer(nowhere).RunAsync(Token)).ShouldNotBeNull().Dropped.ShouldBe(["mt_events_0"]);
    }

    [Fact]
    public async Task A_killed_archiving_cuts_off_what_was_not_synced_and_goes_on()
    {
        var partition = (await _log.Partitions.ListAsync(Token))[0];
        var archive = new ArchiveWriter(_log.Server.Get<NpgsqlDataSource>(), _log.Server.Get<EventLog>());
        var done = (await archive.WriteAsync(_folder, partition, Long, Token)).ShouldNotBeNull();
        // As a run leaves it that was killed while it wrote: half a page more than was written down, and no final name.
        var file = Path.Combine(_folder, done.Name);
        File.Move(file, file + ".part");
        await File.AppendAllTextAsync(file + ".part", "half a page", Token);
        await _log.Database.ExecuteAsync("update torch_sealed.archives set sha256 = null");

        (await archive.WriteAsync(_folder, partition, Long, Token)).ShouldBe(done);
        Lines(file).Count.ShouldBe((int)partition.Contents!.Rows);
    }

    [Fact]
    public async Task An_archive_that_does_not_hold_what_was_written_keeps_the_partition()
    {
        await _log.Database.ExecuteAsync(
            "insert into torch_sealed.archives select 'mt_events_0', 'x.ndjson.gz', to_position - 1, 20 from torch_log.telemetry_partitions where name = 'mt_events_0'"
        );
        await using (
            var zip = new GZipStream(
                File.Create(Path.Combine(_folder, "x.ndjson.gz.part")),
                CompressionLevel.NoCompression
            )
        )
            await zip.WriteAsync("{}\n"u8.ToArray(), Token);

        var outcome = (await _log.Retainer(_folder).RunAsync(Token)).ShouldNotBeNull();

        outcome.Dropped.ShouldBeEmpty();
        outcome.Partitions[0].Kept.ShouldHaveSingleItem().Code.ShouldBe("archive_failed");
    }

    private static WorkBudget Long => new(TimeProvider.System, TimeSpan.FromMinutes(1));

    private static List<JsonElement> Lines(string file)
    {
        using var text = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        return
        [
            .. text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonElement.Parse(l)),
        ];
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
