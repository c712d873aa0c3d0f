using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Torch.Cli.Client;
using Torch.Cli.Projections;

namespace Torch.Cli.Slos;

/// <summary>
/// Proves a report: made again with its own stamps it is the same to the byte, and the read models that it is made from are the ones
/// that the log gives when it is folded anew.
/// </summary>
internal sealed class SloVerification(ApiClient client, Terminal terminal)
{
    private static readonly string[] OfTime = ["Transitions", "Gaps", "Absences"];

    /// <summary>The address at which a report is found again.</summary>
    public static string Again(string path, JsonElement report)
    {
        var query = path[(path.IndexOf('?', StringComparison.Ordinal) + 1)..]
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(p => !p.StartsWith("asOf=", StringComparison.Ordinal))
            .Where(p => !p.StartsWith("atPosition=", StringComparison.Ordinal))
            .Append("asOf=" + Uri.EscapeDataString(report.GetProperty("asOf").GetString()!))
            .Append("atPosition=" + report.GetProperty("position").GetRawText());
        return path[..path.IndexOf('?', StringComparison.Ordinal)] + "?" + string.Join('&', query);
    }

    public async Task<bool> RunAsync(string path, string text, CancellationToken cancellationToken)
    {
        var report = JsonElement.Parse(text);
        var again = await client.GetTextAsync(Again(path, report), cancellationToken);
        var isSame = string.Equals(text, again, StringComparison.Ordinal);
        await terminal.RemarkAsync(
            isSame
                ? $"made again at position {report.GetProperty("position")}: the same {Encoding.UTF8.GetByteCount(text)} bytes, SHA-256 {Hash(text)}"
                : $"made again at position {report.GetProperty("position")} it is another: SHA-256 {Hash(text)}, then {Hash(again)}"
        );
        return await AreReadModelsWellAsync(report, cancellationToken) && isSame;
    }

    private async Task<bool> AreReadModelsWellAsync(JsonElement report, CancellationToken cancellationToken)
    {
        var names = report.GetProperty("unit").ValueEquals("ms") ? OfTime : [.. OfTime, "Rollups"];
        var code = await new RebuildFollowing(client, terminal, RemarkAsync).RunAsync(
            names,
            "verify",
            cancellationToken
        );
        return code == ExitCodes.Success;
    }

    private async Task RemarkAsync(JsonElement end, Func<JsonElement, IEnumerable<string>> words)
    {
        foreach (var line in words(end))
            await terminal.RemarkAsync(line);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
