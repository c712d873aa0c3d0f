using System.Text;

namespace Torch.EventStore.Tests;

/// <summary>A log on a database of the test class's own.</summary>
public sealed class LogFixture : IAsyncLifetime
{
    public TestDatabase Database { get; private set; } = null!;

    public EventLog Log { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Database = await TestDatabase.CreateAsync();
        Log = new EventLog(Database.DataSource);
    }

    public async ValueTask DisposeAsync()
    {
        await Log.DisposeAsync();
        await Database.DisposeAsync();
    }
}

/// <summary>Short words for the requests that tests make.</summary>
internal static class Some
{
    public static EventData Event(string type = "report_received", string data = """{"value":1}""") =>
        new(Guid.CreateVersion7(), type, Encoding.UTF8.GetBytes(data));

    public static EventData[] Events(int count) =>
        [.. Enumerable.Range(0, count).Select(i => Event(data: $$"""{"n":{{i}}}"""))];

    public static AppendRequest Append(Log log, Guid stream, params EventData[] events) =>
        new() { Streams = [new StreamAppend(log, stream, events, "check")] };

    public static AppendRequest Expecting(long version, Log log, Guid stream, params EventData[] events) =>
        new() { Streams = [new StreamAppend(log, stream, events, "node", version)] };

    public static Task<AppendOutcome> AppendAsync(this IEventLog log, AppendRequest request) =>
        log.AppendAsync(request, CancellationToken.None);

    public static async Task<AppendOutcome.Appended> MustAppendAsync(this IEventLog log, AppendRequest request) =>
        (await log.AppendAsync(request)).ShouldBeOfType<AppendOutcome.Appended>();

    public static Task<EventPage> ReadPageAsync(this IEventLog log, PageRead read) =>
        log.ReadPageAsync(read, CancellationToken.None);

    public static async Task<List<RecordedEvent>> ReadStreamAsync(this IEventLog log, StreamRead read) =>
        await log.ReadStreamAsync(read, CancellationToken.None).ToListAsync();

    public static string Text(this RecordedEvent @event) => Encoding.UTF8.GetString(@event.Data.Span);
}
