using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Torch.EventStore.Copying;

namespace Torch.EventStore.Tests.Copying;

public sealed class RefusedCopyTests : CopiedLog
{
    private string File_ => PathOf("log.ndjson");

    [Fact]
    public async Task A_file_that_was_changed_is_refused_before_anything_is_written()
    {
        await ExportAsync(From, File_);
        await File.WriteAllTextAsync(File_, (await File.ReadAllTextAsync(File_)).Replace("\"n\": 3", "\"n\": 4"));

        await RefusedAsync("was changed after it had been written");
        (await To.CountAsync("journal.mt_events")).ShouldBe(0);
        (await To.CountAsync("torch_log.imports")).ShouldBe(0);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.9)]
    [InlineData(0.999)]
    public async Task An_interrupted_export_is_refused_and_can_be_finished(double share)
    {
        await ExportAsync(From, PathOf("whole.ndjson"));
        var whole = await File.ReadAllBytesAsync(PathOf("whole.ndjson"));
        await File.WriteAllBytesAsync(File_, whole[..(int)(whole.Length * share)]);
        await RefusedAsync("has no trailer");

        await new LogExport(From.DataSource, Options).ResumeAsync(File_, CancellationToken.None);

        (await File.ReadAllBytesAsync(File_)).ShouldBe(whole);
    }

    [Fact]
    public async Task A_compressed_export_that_was_cut_off_can_be_finished()
    {
        await Log.MustAppendAsync(Some.Append(EventStore.Log.Telemetry, Watched, Some.Events(20_000)));
        await ExportAsync(From, PathOf("whole.ndjson.gz"));
        var whole = await File.ReadAllBytesAsync(PathOf("whole.ndjson.gz"));
        await File.WriteAllBytesAsync(PathOf("cut.ndjson.gz"), whole[..(whole.Length / 2)]);

        await new LogExport(From.DataSource, Options).ResumeAsync(PathOf("cut.ndjson.gz"), CancellationToken.None);

        Unzipped("cut.ndjson.gz").ShouldBe(Unzipped("whole.ndjson.gz"));
    }

    [Fact]
    public async Task An_export_does_not_overwrite_a_file()
    {
        await File.WriteAllTextAsync(File_, "mine");

        (await Should.ThrowAsync<LogCopyException>(ExportAsync(From, File_))).Message.ShouldContain("is there already");
        (await File.ReadAllTextAsync(File_)).ShouldBe("mine");
    }

    [Fact]
    public async Task A_database_with_another_log_is_refused_at_the_position()
    {
        await ExportAsync(From, File_);
        await using var other = new EventLog(To.DataSource);
        await other.MustAppendAsync(Some.Append(EventStore.Log.Journal, Journalled, Some.Events(1)));

        await RefusedAsync("line 3: the database holds another event at position 1");
        (await To.CountAsync("journal.mt_events")).ShouldBe(1);
    }

    [Fact]
    public async Task A_copy_that_has_gone_its_own_way_takes_no_more()
    {
        await ExportAsync(From, File_, Options with { To = 100 });
        await ImportAsync(To, File_);
        await using (var copy = new EventLog(To.DataSource))
            await copy.MustAppendAsync(Some.Append(EventStore.Log.Telemetry, Watched, Some.Events(1)));
        await ExportAsync(From, PathOf("rest.ndjson"), Options with { From = 101 });

        var refused = await Should.ThrowAsync<LogCopyException>(ImportAsync(To, PathOf("rest.ndjson")));

        refused.Message.ShouldContain("the database holds another event at position 101");
    }

    [Fact]
    public async Task One_event_that_differs_stops_the_import_at_its_position()
    {
        await ExportAsync(From, File_);
        await ImportAsync(To, File_);
        await To.ExecuteAsync("""update telemetry.mt_events set data = '{"n":-1}' where seq_id = 50""");

        await RefusedAsync("line 52: the database holds another event at position 50");
    }

    [Fact]
    public async Task A_running_Torch_is_not_imported_into()
    {
        await ExportAsync(From, File_);
        await using var connection = await To.DataSource.OpenConnectionAsync();
        await using var lead = connection.CreateCommand();
        lead.CommandText = $"select pg_advisory_lock({LogLocks.Leader})";
        await lead.ExecuteNonQueryAsync();

        await RefusedAsync("a Torch runs on this database");
    }

    [Theory]
    [InlineData("\"version\":2,", "\"version\":3,", "does not follow 1")]
    [InlineData("\"position\":2,", "\"position\":1,", "position 1 does not follow 1")]
    [InlineData("\"data\":{\"n\": 0}", "\"data\":{\"n\": 1e400}", "beyond double")]
    [InlineData("\"data\":{\"n\": 0}", "\"data\":{\"n\": \"\\u0000\"}", "holds a NUL")]
    [InlineData("\"data\":{\"n\": 0}", "\"data\":{\"n\":", "")]
    [InlineData("\"log\":\"telemetry\",\"position\":2,", "\"log\":\"diary\",\"position\":2,", "there is no log diary")]
    [InlineData("\"type\":\"report_received\",", "", "no event as an export writes it")]
    public async Task A_bad_line_is_named_by_its_number(string good, string bad, string says)
    {
        await ExportAsync(From, File_);
        var lines = (await File.ReadAllLinesAsync(File_)).ToList();
        var line = lines.FindIndex(l => l.StartsWith("{\"log\":\"telemetry\"") && l.Contains(good));
        lines[line] = lines[line].Replace(good, bad);
        await WriteSealedAsync(lines);

        var refused = await Should.ThrowAsync<LogCopyException>(ImportAsync(To, File_));

        refused.Message.ShouldStartWith($"line {line + 1}: ");
        refused.Message.ShouldContain(says);
        (await To.CountAsync("telemetry.mt_events")).ShouldBe(0);
        (await To.CountAsync("journal.mt_events")).ShouldBe(0);
    }

    [Fact]
    public async Task A_forged_journal_does_not_pass_for_the_one_that_was_signed()
    {
        await ExportAsync(From, File_);
        var lines = (await File.ReadAllLinesAsync(File_)).ToList();
        var journal = lines.FindIndex(l => l.Contains("\"log\":\"journal\"") && l.Contains("\"n\": 3"));
        lines[journal] = lines[journal].Replace("\"n\": 3", "\"n\": 4");
        await WriteSealedAsync(lines);

        await RefusedAsync("is not the one that was signed at position");
        (await ImportGuard.IsUnfinishedAsync(To.DataSource, CancellationToken.None)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("hello\n")]
    [InlineData("{\"torch\":\"tree\"}\n")]
    [InlineData("")]
    public async Task Another_file_is_refused(string text)
    {
        await File.WriteAllTextAsync(File_, text);

        await Should.ThrowAsync<LogCopyException>(ImportAsync(To, File_));
        (await To.CountAsync("torch_log.imports")).ShouldBe(0);
    }

    // As somebody would who knows how the trailer is made.
    private async Task WriteSealedAsync(List<string> lines)
    {
        var body = string.Concat(lines.SkipLast(1).Select(l => l + "\n"));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
        var count = lines.Count(l => l.StartsWith("{\"log\"")).ToString(CultureInfo.InvariantCulture);
        await File.WriteAllTextAsync(File_, body + $$"""{"end":true,"events":{{count}},"sha256":"{{hash}}"}""" + "\n");
    }

    private string Unzipped(string name)
    {
        using var stream = new GZipStream(File.OpenRead(PathOf(name)), CompressionMode.Decompress);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private async Task RefusedAsync(string says) =>
        (await Should.ThrowAsync<LogCopyException>(ImportAsync(To, File_))).Message.ShouldContain(says);
}
