using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Torch.Cli.Client;

namespace Torch.Cli.Log;

/// <summary><c>torch log retention</c>: lets a running Torch drop what is past its retention, and says why the rest stays.</summary>
internal static class RetentionCommand
{
    public static Command Create()
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what would go." };
        return Verb.Create(
            "retention",
            "Drop observations that are past their retention now, by a running Torch.",
            async (call, ct) =>
            {
                var isDry = call.Get(dryRun);
                var path = "/api/v1/retention/run" + (isDry ? "?dryRun=true" : "");
                var answer = await call.Client.PostAsync(path, new { }, ct);
                await call.SayAsync(answer, a => Lines(a, isDry));
                return ExitCodes.Success;
            },
            dryRun
        );
    }

    private static IEnumerable<string> Lines(JsonElement answer, bool isDry)
    {
        var dropped = answer.GetProperty("dropped").EnumerateArray().Select(d => d.GetString()).ToHashSet();
        foreach (var partition in answer.GetProperty("partitions").EnumerateArray())
        {
            var name = partition.GetProperty("name").GetString();
            var kept = partition.GetProperty("kept").EnumerateArray().Select(k => k.GetProperty("detail").GetString());
            var fate =
                dropped.Contains(name) ? "dropped"
                : isDry && !kept.Any() ? "would go"
                : string.Join(" ", kept);
            yield return string.Create(CultureInfo.InvariantCulture, $"{name}  {Size(partition)}  {fate}");
        }
        if (answer.GetProperty("isUnfinished").GetBoolean())
            yield return "There is more to do; Torch goes on by itself.";
    }

    private static string Size(JsonElement partition) =>
        string.Create(CultureInfo.InvariantCulture, $"{partition.GetProperty("bytes").GetInt64() / 1e6:N1} MB");
}
