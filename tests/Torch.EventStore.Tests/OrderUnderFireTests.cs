using System.Collections.Concurrent;
using System.Globalization;

namespace Torch.EventStore.Tests;

/// <summary>
/// Many writers in two processes; commits that are slow, that PostgreSQL rolls back, that hold members which are refused; readers of both
/// kinds all the while. <c>TORCH_DRILL_EVENTS=200000</c> is the full length.
/// </summary>
public sealed class OrderUnderFireTests : IAsyncLifetime
{
    private const int Writers = 64;
    private const int Block = 50;
    private const string End = "the_end";

    // Held between the insert and the commit, while the readers look. One commit in ten fails after it has drawn its positions.
    private const string Trouble = """
        create function public.trouble() returns trigger language plpgsql as $$
        begin
            perform pg_sleep(random() * 0.1);
            if random() < 0.1 then
                raise exception using errcode = 'serialization_failure';
            end if;
            return null;
        end $$;
        create trigger trouble after insert on telemetry.mt_events for each statement execute function public.trouble();
        create trigger trouble after insert on journal.mt_events for each statement execute function public.trouble();
        """;

    private readonly LogFixture _fixture = new();
    private readonly ConcurrentBag<Guid> _acknowledged = [];
    private readonly ConcurrentBag<Guid> _refused = [];
    private int _rolledBack;

    public ValueTask InitializeAsync() => _fixture.InitializeAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private static int Blocks =>
        int.TryParse(
            Environment.GetEnvironmentVariable("TORCH_DRILL_EVENTS"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var events
        )
            ? events / Block
            : 400;

    [Fact]
    public async Task Readers_see_exactly_what_was_committed_in_order_whatever_was_slow_refused_or_rolled_back()
    {
        await _fixture.Database.ExecuteAsync(Trouble);
        await using var other = new EventLog(_fixture.Database.DataSource);
        await using var tail = new LogTail(_fixture.Log);
        await using var otherTail = new LogTail(other);
        Task<List<RecordedEvent>>[] readers =
        [
            ReadAsync(_fixture.Log),
            ReadAsync(other),
            FollowAsync(tail),
            FollowAsync(otherTail),
        ];

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(w => WriteAsync(w, w % 2 == 0 ? _fixture.Log : other)));
        // Each by itself: together they would lock the logs in another order than a reader does.
        await _fixture.Database.ExecuteAsync("drop trigger trouble on telemetry.mt_events");
        await _fixture.Database.ExecuteAsync("drop trigger trouble on journal.mt_events");
        await _fixture.Log.MustAppendAsync(Some.Append(Log.Journal, Guid.CreateVersion7(), Some.Event(End)));

        _rolledBack.ShouldBeGreaterThan(0);
        _refused.ShouldNotBeEmpty();
        var stored = await StoredAsync();
        stored.Count.ShouldBe(Blocks * Block);
        stored.Select(e => e.Id).ToHashSet().SetEquals(_acknowledged).ShouldBeTrue();
        foreach (var reader in readers)
            (await reader).Select(e => (e.Position, e.Id)).ShouldBe(stored);
        await VersionsShouldHaveNoGapAsync();
    }

    // Of three blocks two are sound, and are tried until they are in; the third asks for what must be refused.
    private async Task WriteAsync(int writer, EventLog log)
    {
        var stream = Guid.CreateVersion7();
        for (var block = writer; block < Blocks; block += Writers)
        {
            if (block % 9 == 0)
                await RefusedAsync(log, Some.Expecting(999, Log.Journal, stream, Some.Events(Block)));
            if (block % 9 == 4)
                await RefusedAsync(log, Spoiled(stream));
            var kind = block % 3 == 0 ? Log.Journal : Log.Telemetry;
            while (!await TryAsync(log, Some.Append(kind, stream, Some.Events(Block)))) { }
        }
    }

    private static AppendRequest Spoiled(Guid stream) =>
        Some.Append(Log.Telemetry, stream, [.. Some.Events(Block - 1), Some.Event(data: """{"text":"a\u0000b"}""")]);

    private async Task<bool> TryAsync(EventLog log, AppendRequest request)
    {
        try
        {
            await log.MustAppendAsync(request);
        }
        catch (LogUnavailableException)
        {
            Interlocked.Increment(ref _rolledBack);
            return false;
        }
        foreach (var @event in request.Streams[0].Events)
            _acknowledged.Add(@event.Id);
        return true;
    }

    private async Task RefusedAsync(EventLog log, AppendRequest request)
    {
        try
        {
            (await log.AppendAsync(request)).ShouldBeOfType<AppendOutcome.VersionConflict>();
        }
        catch (Exception refused) when (refused is AppendRejectedException or LogUnavailableException)
        {
            // Its own data, or its commit was rolled back with everybody's.
        }
        foreach (var @event in request.Streams[0].Events)
            _refused.Add(@event.Id);
    }

    // The most naive of readers: after what it has seen, whatever it sees.
    private static async Task<List<RecordedEvent>> ReadAsync(EventLog log)
    {
        var seen = new List<RecordedEvent>();
        for (long after = 0; ; )
        {
            var page = await log.ReadPageAsync(new PageRead(after, 100));
            if (Take(page, seen))
                return seen;
            after = page.Through;
            if (page.Events.Count == 0)
                await Task.Delay(2);
        }
    }

    private static async Task<List<RecordedEvent>> FollowAsync(LogTail tail)
    {
        var seen = new List<RecordedEvent>();
        await foreach (var page in tail.FollowAsync(0, TestContext.Current.CancellationToken))
            if (Take(page, seen))
                break;
        return seen;
    }

    private static bool Take(EventPage page, List<RecordedEvent> seen)
    {
        seen.AddRange(page.Events.TakeWhile(e => e.Type != End));
        return page.Events.Count > 0 && page.Events[^1].Type == End;
    }

    private async Task<List<(long Position, Guid Id)>> StoredAsync()
    {
        const string sql = $"""
            select seq_id, id from journal.mt_events where type <> '{End}'
            union all select seq_id, id from telemetry.mt_events order by 1
            """;
        await using var command = _fixture.Database.DataSource.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync();
        var stored = new List<(long, Guid)>();
        while (await rows.ReadAsync())
            stored.Add((rows.GetInt64(0), rows.GetGuid(1)));
        return stored;
    }

    private async Task VersionsShouldHaveNoGapAsync()
    {
        foreach (var log in new[] { "journal", "telemetry" })
        {
            var broken = $"""
                {log}.mt_streams s where s.version <> (
                    select count(distinct e.version) from {log}.mt_events e
                    where e.stream_id = s.id and e.version between 1 and s.version)
                """;
            (await _fixture.Database.CountAsync(broken)).ShouldBe(0);
        }
    }
}
