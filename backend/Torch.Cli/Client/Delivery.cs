using System.Text.Json;

namespace Torch.Cli.Client;

/// <summary>Brings lines of reports to the server: one key for all tries, so that they are stored once; tries again while the server is away.</summary>
internal sealed class Delivery(ApiClient client, TimeProvider time)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <param name="patience">For how long to try; zero tries once.</param>
    /// <exception cref="ServerAnswerException">A refusal, or no answer for so long.</exception>
    public async Task<JsonElement> SendAsync(string lines, TimeSpan patience, CancellationToken cancellationToken)
    {
        var (start, key) = (time.GetTimestamp(), Guid.CreateVersion7(time.GetUtcNow()));
        for (var wait = FirstWait; ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            try
            {
                return await client.PostLinesAsync("/api/v1/reports/batch", lines, key, cancellationToken);
            }
            catch (ServerAnswerException away) when (away.IsAway && time.GetElapsedTime(start) + wait < patience)
            {
                await Task.Delay(wait, time, cancellationToken);
            }
        }
    }
}
