using System.Globalization;
using System.Text.Json;

namespace Torch.Server.Tests.Live;

/// <summary>One event as a browser would see it.</summary>
internal sealed record ServerSentEvent(long Id, string Event, JsonElement Data);

/// <summary>Reads Server-Sent Events off a real connection.</summary>
internal sealed class EventStreamClient : IAsyncDisposable
{
    private static readonly HttpClient Http = new() { Timeout = Timeout.InfiniteTimeSpan };
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;

    private EventStreamClient(HttpResponseMessage response, Stream body) =>
        (_response, _lines) = (response, new StreamReader(body));

    public HttpResponseMessage Response => _response;

    public static async Task<EventStreamClient> OpenAsync(
        Uri server,
        string query = "",
        long? lastEventId = null,
        string? cookie = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server, "/api/v1/stream" + query));
        if (lastEventId is { } id)
            request.Headers.Add("Last-Event-ID", id.ToString(CultureInfo.InvariantCulture));
        if (cookie is not null)
            request.Headers.Add("Cookie", cookie);
        var response = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        return new EventStreamClient(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event, or null when the server has ended the stream.</summary>
    public async Task<ServerSentEvent?> NextAsync(TimeSpan? limit = null)
    {
        using var timeout = new CancellationTokenSource(limit ?? TimeSpan.FromSeconds(20));
        var fields = new Dictionary<string, string>();
        while (await _lines.ReadLineAsync(timeout.Token) is { } line)
        {
            if (line.Length == 0)
                return new ServerSentEvent(
                    long.Parse(fields["id"], CultureInfo.InvariantCulture),
                    fields["event"],
                    JsonDocument.Parse(fields["data"]).RootElement
                );
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            fields[line[..colon]] = line[(colon + 2)..];
        }
        return null;
    }

    /// <summary>As many events of one kind as asked for.</summary>
    public async Task<List<ServerSentEvent>> TakeAsync(string kind, int count)
    {
        var taken = new List<ServerSentEvent>();
        while (taken.Count < count && await NextAsync() is { } next)
            if (next.Event == kind)
                taken.Add(next);
        return taken;
    }

    public ValueTask DisposeAsync()
    {
        _lines.Dispose();
        _response.Dispose();
        return ValueTask.CompletedTask;
    }
}
