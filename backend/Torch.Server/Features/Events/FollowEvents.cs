using Torch.EventStore;
using Torch.Server.Auth;
using Torch.Server.Http;
using Torch.Server.Retaining;

namespace Torch.Server.Features.Events;

internal static class FollowEvents
{
    private static readonly TimeSpan AliveEvery = TimeSpan.FromSeconds(15);
    private static readonly byte[] Newline = "\n"u8.ToArray();

    /// <summary>The log as a stream of CloudEvents 1.0 without end, a line of JSON each.</summary>
    /// <remarks>From a position on, in order, each event once; an empty line every 15 seconds says that the stream is alive. It ends within five seconds with the session or the key that opened it. After a break, go on after the last <c>position</c>.</remarks>
    /// <param name="after">A position, exclusive; the head of the log where absent.</param>
    /// <param name="types">Event names, separated by commas.</param>
    public static async Task<IResult> Handle(
        long? after,
        string? types,
        IEventLog log,
        LogTail tail,
        TimeProvider time,
        IHostApplicationLifetime lifetime,
        CancellationToken cancellationToken
    )
    {
        if (after < 0)
            throw new FaultException(Fault.Invalid("after", "must not be negative"));
        var start = after ?? await log.HeadAsync(cancellationToken);
        var wanted = types?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return Results.Stream(
            output => WriteAsync(output, tail, start, wanted, time, lifetime.ApplicationStopping, cancellationToken),
            NdJson.MediaType
        );
    }

    private static async Task WriteAsync(
        Stream output,
        LogTail tail,
        long start,
        string[]? wanted,
        TimeProvider time,
        CancellationToken stopping,
        CancellationToken gone
    )
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping, gone);
        try
        {
            // The head goes out with the first byte.
            await output.WriteAsync(Newline, end.Token);
            await output.FlushAsync(end.Token);
            await using var pages = tail.FollowAsync(start, end.Token).GetAsyncEnumerator(end.Token);
            var next = pages.MoveNextAsync().AsTask();
            var alive = Task.Delay(AliveEvery, time, end.Token);
            try
            {
                while (true)
                {
                    if (await Task.WhenAny(alive, next) == next)
                    {
                        if (!await next)
                            return;
                        await SendAsync(output, pages.Current, wanted, end.Token);
                        next = pages.MoveNextAsync().AsTask();
                        continue;
                    }
                    await alive;
                    await output.WriteAsync(Newline, end.Token);
                    await output.FlushAsync(end.Token);
                    alive = Task.Delay(AliveEvery, time, end.Token);
                }
            }
            finally
            {
                await end.CancelAsync();
                // An enumerator may not be disposed of while it is moving.
                await next.ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
        catch (OperationCanceledException)
        {
            // The client went, or may hear no more, or the server stops.
        }
    }

    private static async Task SendAsync(Stream output, EventPage page, string[]? wanted, CancellationToken ct)
    {
        using var buffer = new MemoryStream();
        foreach (var recorded in page.Events)
            if (wanted is null || wanted.Contains(recorded.Type))
                CloudEvents.Write(buffer, recorded.Masked());
        if (buffer.Length == 0)
            return;
        await output.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), ct);
        await output.FlushAsync(ct);
    }
}
