namespace Torch.EventStore.Tests;

/// <summary>Commits so large that the foreign key of the journal is not asked about each event: what it holds must hold all the same.</summary>
public sealed class LargeCommitTests(LogFixture fixture) : IClassFixture<LogFixture>
{
    private const string Orphans = """
        journal.mt_events e where not exists (select from journal.mt_streams s where s.id = e.stream_id)
        """;

    private const string Wrong = """
        journal.mt_streams s where s.version <> (select count(*) from journal.mt_events e where e.stream_id = s.id)
        """;

    [Fact]
    public async Task Each_event_has_its_stream_and_a_trigger_of_somebody_s_own_fires_for_each()
    {
        var streams = Enumerable.Range(0, 1_500).Select(_ => Guid.CreateVersion7()).ToArray();
        await AppendAsync(streams);
        await AppendAsync(streams[..1_200]);
        (await fixture.Database.CountAsync(Orphans)).ShouldBe(0);
        (await fixture.Database.CountAsync(Wrong)).ShouldBe(0);

        await fixture.Database.ExecuteAsync(
            """
            create table public.seen (position bigint);
            create function public.see() returns trigger language plpgsql as $$
            begin insert into public.seen values (new.seq_id); return null; end $$;
            create trigger see after insert on journal.mt_events for each row execute function public.see()
            """
        );
        await AppendAsync(streams[..1_000]);
        await AppendAsync(streams[..3]);
        (await fixture.Database.CountAsync("public.seen")).ShouldBe(1_003);
    }

    private async Task AppendAsync(Guid[] streams) =>
        (
            await fixture.Log.AppendAsync(
                new AppendRequest
                {
                    Streams = [.. streams.Select(s => new StreamAppend(Log.Journal, s, Some.Events(1), "node_status"))],
                }
            )
        ).ShouldBeOfType<AppendOutcome.Appended>();
}
