using System.Diagnostics;

namespace Torch.Benchmarks.Flips;

/// <summary>Hears the root's transitions as a browser does.</summary>
internal sealed class RootStream(HttpClient client, Guid root) : IAsyncDisposable
{
    private readonly string _mark = $"\"nodeId\":\"{root}\"";
    private StreamReader? _lines;

    public async Task OpenAsync()
    {
        var answer = await client.GetAsync(
            $"/api/v1/stream?types=transition&root={root}",
            HttpCompletionOption.ResponseHeadersRead
        );
        answer.EnsureSuccessStatusCode();
        _lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        await _lines.ReadLineAsync();
    }

    /// <summary>When the root's next transition was read.</summary>
    public async Task<long> NextAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await _lines!.ReadLineAsync(limit.Token) is { } line)
            if (line.StartsWith("data:", StringComparison.Ordinal) && line.Contains(_mark, StringComparison.Ordinal))
                return Stopwatch.GetTimestamp();
        throw new EndOfStreamException("the stream has ended");
    }

    public ValueTask DisposeAsync()
    {
        _lines?.Dispose();
        return ValueTask.CompletedTask;
    }
}
