using Torch.EventStore.Verifying;

namespace Torch.EventStore.Tests.Verifying;

public sealed class TamperedJournalTests : VerifiedLog
{
    [Fact]
    public async Task An_untouched_log_is_sound()
    {
        var report = await VerifyAsync();

        report.Findings.ShouldBeEmpty();
        report.IsSound.ShouldBeTrue();
        (report.JournalEvents, report.TelemetryEvents, report.Streams).ShouldBe((15, 10, 3));
        (report.Through, report.Chained, report.Unchained, report.SignedThrough).ShouldBe((25, 15, 0, 15));
        report.Signatures.ShouldBe(2);
    }

    [Fact]
    public async Task Changed_data_is_found_at_its_event()
    {
        await TamperAsync("""update journal.mt_events set data = '{"n":99}' where seq_id = 8""");

        Only(await VerifyAsync(), "chain", 8)
            .ShouldSatisfyAllConditions(
                f => f.What.ShouldBe("an event is not what was chained"),
                f => f.Stream.ShouldBe(Second),
                f => f.Expected!.ShouldStartWith("hash ")
            );
    }

    [Theory]
    [InlineData("type = 'node_removed'")]
    [InlineData("correlation_id = 'somebody else'")]
    [InlineData("""headers = '{"actor":"mallory"}'""")]
    [InlineData("timestamp = timestamp + interval '1 microsecond'")]
    [InlineData("""data = '{"n":2.0000001}'""")]
    public async Task Whatever_of_an_event_is_changed_shows_at_its_position(string change)
    {
        await TamperAsync($"update journal.mt_events set {change} where seq_id = 15");

        (await VerifyAsync()).Findings.ShouldContain(f => f.Check == "chain" && f.Position == 15);
    }

    [Fact]
    public async Task What_means_the_same_is_no_change()
    {
        await TamperAsync("""update journal.mt_events set data = '{"n":2.000}' where seq_id = 8""");

        (await VerifyAsync()).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_deleted_event_is_missed_by_chain_and_versions()
    {
        await TamperAsync("delete from journal.mt_events where seq_id = 8");

        var report = await VerifyAsync();

        report.TotalFindings.ShouldBe(2);
        Of(report, "chain")
            .ShouldSatisfyAllConditions(
                f => f.Position.ShouldBe(8),
                f => f.What.ShouldBe("an event of the chain is gone")
            );
        Of(report, "versions")
            .ShouldSatisfyAllConditions(
                f => f.Position.ShouldBe(9),
                f => f.Stream.ShouldBe(Second),
                f => (f.Expected, f.Found).ShouldBe(("3", "4"))
            );
    }

    [Fact]
    public async Task Two_swapped_events_are_both_named()
    {
        await TamperAsync(
            """
            update journal.mt_events a set data = b.data from journal.mt_events b
            where (a.seq_id, b.seq_id) in ((7, 9), (9, 7))
            """
        );

        var report = await VerifyAsync();

        report.Findings.Select(f => (f.Check, f.Position)).ShouldBe([("chain", 7L), ("chain", 9L)]);
    }

    [Fact]
    public async Task Swapped_versions_show_where_they_stop_following()
    {
        await TamperAsync(
            """
            update journal.mt_events set version = 1003 where seq_id = 8;
            update journal.mt_events set version = 3 where seq_id = 9;
            update journal.mt_events set version = 4 where seq_id = 8
            """
        );

        var report = await VerifyAsync();

        report.Findings.Where(f => f.Check == "versions").Select(f => f.Position).ShouldBe([8, 9, 10]);
        report.Findings.Where(f => f.Check == "chain").Select(f => f.Position).ShouldBe([8, 9]);
    }

    [Fact]
    public async Task An_event_put_in_later_is_not_in_the_chain()
    {
        await TamperAsync(
            $$"""
            delete from torch_log.journal_chain where position = 12;
            update journal.mt_events set data = '{"n":0}' where seq_id = 12
            """
        );

        var report = await VerifyAsync();

        report.Findings.Select(f => (f.Check, f.Position)).ShouldBe([("chain", 12L), ("chain", 13L)]);
        report.Findings[0].What.ShouldBe("an event that is not in the chain");
    }

    [Fact]
    public async Task A_forged_chain_is_betrayed_by_the_signature()
    {
        await TamperAsync("""update journal.mt_events set data = '{"n":99}' where seq_id = 12""");
        await ForgeChainAsync(12);

        var finding = Only(await VerifyAsync(), "signatures", 15, of: 2);

        finding.What.ShouldBe("the chain was rewritten between the signatures of 10 and");
    }

    [Fact]
    public async Task A_forged_chain_with_its_signatures_taken_away_is_betrayed_by_what_the_folder_remembers()
    {
        await TamperAsync("""update journal.mt_events set data = '{"n":99}' where seq_id = 12""");
        await ForgeChainAsync(12);
        await TamperAsync("delete from torch_log.journal_checkpoints where position > 10");

        Only(await VerifyAsync(), "signatures", 15).What.ShouldStartWith("the journal was rolled back or exchanged");
    }

    [Fact]
    public async Task A_forged_chain_gets_no_new_signature()
    {
        await TamperAsync("""update journal.mt_events set data = '{"n":99}' where seq_id = 12""");
        await ForgeChainAsync(12);
        await TamperAsync("delete from torch_log.journal_checkpoints where position > 10");
        await Log.MustAppendAsync(Some.Append(EventStore.Log.Journal, First, Some.Events(1)));

        await ChainAsync();

        (await Database.CountAsync("torch_log.journal_chain where position = 26")).ShouldBe(1);
        (await Database.CountAsync("torch_log.journal_checkpoints where position > 10")).ShouldBe(0);
    }

    [Fact]
    public async Task A_journal_cut_off_at_its_end_is_betrayed_by_what_the_folder_remembers()
    {
        await TamperAsync(
            $"""
            delete from journal.mt_events where seq_id > 10;
            delete from torch_log.journal_chain where position > 10;
            delete from torch_log.journal_checkpoints where position > 10;
            update journal.mt_streams set version = 5 where id = '{First}'
            """
        );

        var report = await VerifyAsync();

        Only(report, "signatures", 15).ShouldNotBeNull();
    }

    [Fact]
    public async Task Signatures_of_somebody_else_are_told_and_hidden_by_nothing()
    {
        using var mallory = OtherKey();
        var micros = 1_700_000_000_000_000;
        var signed = mallory.Sign(15, await HashAsync(15), micros);
        await TamperAsync(
            $"""
            update torch_log.journal_checkpoints set key_id = '{signed.KeyId}', signature = '\x{Convert.ToHexString(
                signed.Signature
            )}',
                at = timestamptz 'epoch' + {micros} * interval '1 microsecond'
            where position = 15
            """
        );

        var finding = Only(await VerifyAsync(), "signatures", 15);

        finding.Found.ShouldBe("key " + mallory.Id);
        finding.Expected.ShouldBe("key " + Key.Id);
    }

    [Fact]
    public async Task A_signature_that_does_not_hold_is_named()
    {
        await TamperAsync("update torch_log.journal_checkpoints set at = at + interval '1 hour' where position = 10");

        Only(await VerifyAsync(), "signatures", 10).What.ShouldBe("a signature does not hold");
    }

    [Fact]
    public async Task Without_a_public_key_signatures_are_not_taken_on_trust()
    {
        var report = await VerifyAsync(options: new VerifyOptions());

        Only(report, "signatures", 10).Expected.ShouldBe("a public key to check with");
    }

    [Fact]
    public async Task Of_a_thousand_findings_the_first_are_printed_and_all_are_counted()
    {
        await Log.MustAppendAsync(Some.Append(EventStore.Log.Journal, First, Some.Events(1_000)));
        await ChainAsync();
        await TamperAsync("""update journal.mt_events set data = '{"n":-1}' where seq_id > 25""");

        var report = await VerifyAsync(pageSize: 300);

        report.TotalFindings.ShouldBe(1_000);
        report.Findings.Count.ShouldBe(20);
        report.Findings[0].Position.ShouldBe(26);
    }

    private async Task<byte[]> HashAsync(long position)
    {
        await using var command = Database.DataSource.CreateCommand(
            $"select hash from torch_log.journal_chain where position = {position}"
        );
        return (byte[])(await command.ExecuteScalarAsync())!;
    }

    private static Finding Of(VerifyReport report, string check) =>
        report.Findings.Where(f => f.Check == check).ShouldHaveSingleItem();

    private static Finding Only(VerifyReport report, string check, long position, int of = 1)
    {
        report.TotalFindings.ShouldBe(of, string.Join('\n', report.Findings));
        report.Findings[0].Check.ShouldBe(check);
        report.Findings[0].Position.ShouldBe(position);
        return report.Findings[0];
    }
}
