using System.Text.Json.Nodes;
using Torch.Domain.Schedules;
using Torch.Text;
using static Torch.Server.Importing.Loose;

namespace Torch.Server.Importing;

/// <summary>What Healthchecks' API answers to <c>GET /api/v3/checks/</c>: each check becomes a heartbeat.</summary>
internal static class HealthchecksImport
{
    private static readonly string[] Filters = ["filter_subject", "filter_body", "filter_http_body"];
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(800);

    public static Imported Read(JsonNode? answer, string root, DateTimeOffset now)
    {
        var builder = new ImportBuilder(root);
        foreach (var check in answer.List("checks"))
            Check(builder, check, now);
        return builder.Done();
    }

    private static void Check(ImportBuilder builder, JsonNode check, DateTimeOffset now)
    {
        var id = IdOf(check);
        // Its UUID is what opens it: not the whole of it is for everybody to see.
        var name = check.Text("name") ?? check.Text("slug") ?? id?[..8] ?? "Check";
        var source = builder.UniqueSource("healthchecks/" + (check.Text("slug") ?? name));
        if (id is null)
            builder.Left.Add(
                $"{name}: its ping URL, which is in no answer to a read-only key; make a push key with its UUID for the source {source}"
            );
        var interval = Seconds(check.Number("timeout")) ?? LongestGap(check, now);
        if (check.Text("schedule") is { } cron)
            builder.Left.Add(
                interval is null
                    ? $"{name}: its schedule \"{cron}\", which Torch cannot read; it waits a day"
                    : $"{name}: it comes by \"{cron}\"; Torch waits the longest time between two of them, {interval}"
            );
        if (check.Text("methods") is { Length: > 0 } methods)
            builder.Left.Add($"{name}: that only {methods} counts");
        foreach (var filter in Filters.Where(f => check.Flag(f) == true))
            builder.Left.Add($"{name}: that words in it decide ({filter})");
        var tags = Texts(
            (check.Text("tags") ?? "")
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Distinct(StringComparer.Ordinal)
        );
        builder.Leaf(
            builder.Root,
            name,
            Whole(
                ("kind", "heartbeat"),
                ("source", source),
                ("interval", interval ?? "1d"),
                ("grace", Seconds(check.Number("grace")) ?? "1h"),
                ("enabled", check.Text("status") == "paused" ? false : null)
            ),
            Whole(("tags", tags.Count > 0 ? tags : null)),
            id is null ? null : new(id)
        );
    }

    // .../ping/5bf66975-d4c7-4bf5-bcc8-b8d8a82ea278
    private static string? IdOf(JsonNode check) =>
        ((string?[])[check.Text("uuid"), check.Text("ping_url"), check.Text("update_url")])
            .OfType<string>()
            .SelectMany(text => text.Split('/').Reverse())
            .FirstOrDefault(part => Guid.TryParseExact(part, "D", out _))
            ?.ToLowerInvariant();

    private static string? LongestGap(JsonNode check, DateTimeOffset now)
    {
        if (!CronExpression.TryParse(check.Text("schedule") ?? "", out var cron, out _))
            return null;
        var zone = TimeZones.TryFind(check.Text("tz") ?? "UTC", out var found) ? found : TimeZoneInfo.Utc;
        var longest = TimeSpan.Zero;
        for (var (at, runs) = (cron.Next(now, zone), 0); at is { } run && run < now + Ahead && runs < 1_000; runs++)
        {
            at = cron.Next(run, zone);
            if (at is { } next && next - run > longest)
                longest = next - run;
        }
        return Seconds(longest.TotalSeconds);
    }
}
