using Torch.EventStore;
using Torch.Server.Retaining;

namespace Torch.Server.Http;

/// <summary>Events as lines of CloudEvents, however many: they are read and sent page by page.</summary>
internal static class NdJson
{
    public const string MediaType = "application/x-ndjson";

    private const int Chunk = 64 * 1024;

    public static bool IsAskedFor(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(a => a.MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase));

    public static IResult Answer(IAsyncEnumerable<RecordedEvent> events) =>
        Results.Stream(output => WriteAsync(output, events), MediaType);

    private static async Task WriteAsync(Stream output, IAsyncEnumerable<RecordedEvent> events)
    {
        using var buffer = new MemoryStream(Chunk * 2);
        await foreach (var recorded in events)
        {
            CloudEvents.Write(buffer, recorded);
            if (buffer.Length < Chunk)
                continue;
            await output.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length));
            buffer.SetLength(0);
        }
        await output.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length));
    }
}
