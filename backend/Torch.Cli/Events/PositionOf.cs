using System.Globalization;
using System.Text.Json;
using Torch.Cli.Client;
using Torch.Cli.Settings;

namespace Torch.Cli.Events;

/// <summary>Positions of times: the log's timestamps never go back, so a few reads find one.</summary>
internal sealed class PositionOf(ApiClient client)
{
    /// <summary>The first position that is not before it.</summary>
    /// <exception cref="SettingException">It is neither a position nor a time.</exception>
    public async Task<long> FirstAsync(string text, CancellationToken cancellationToken) =>
        Position(text) ?? await SearchAsync(Time(text), cancellationToken);

    /// <summary>The last position that is not after it.</summary>
    /// <exception cref="SettingException">It is neither a position nor a time.</exception>
    public async Task<long> LastAsync(string text, CancellationToken cancellationToken) =>
        Position(text) ?? await SearchAsync(Time(text).AddTicks(1), cancellationToken) - 1;

    private static long? Position(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : null;

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new SettingException($"\"{text}\" is neither a position nor a time such as 2026-11-21T10:00:00Z");

    // Halves the positions: below low everything is before the time, from high on nothing is.
    private async Task<long> SearchAsync(DateTimeOffset time, CancellationToken cancellationToken)
    {
        var (low, high) = (
            1L,
            (await PageAsync("newest=true", cancellationToken)).GetProperty("position").GetInt64() + 1
        );
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            var page = await PageAsync($"after={middle - 1}", cancellationToken);
            var next = page.GetProperty("items").EnumerateArray().FirstOrDefault();
            if (next.ValueKind == JsonValueKind.Undefined || next.GetProperty("timestamp").GetDateTimeOffset() >= time)
                high = middle;
            else
                low = next.GetProperty("position").GetInt64() + 1;
        }
        return low;
    }

    private Task<JsonElement> PageAsync(string query, CancellationToken cancellationToken) =>
        client.GetAsync("/api/v1/events?limit=1&" + query, cancellationToken);
}
