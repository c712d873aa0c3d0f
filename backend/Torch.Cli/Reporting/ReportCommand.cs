using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Torch.Cli.Checks;
using Torch.Cli.Client;
using Torch.Cli.Settings;

namespace Torch.Cli.Reporting;

/// <summary><c>torch report backup/db1 42</c>: a report from a script; <c>torch report -</c>: many, as lines of JSON.</summary>
internal static class ReportCommand
{
    private static readonly Argument<string> Source = new("source")
    {
        Description =
            "Who reports, such as backup/db1; a dash reads reports from standard input, one JSON object a line.",
    };
    private static readonly Argument<string?> Value = new("value")
    {
        Description = "A number.",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private static readonly Option<string?> Status = new("--status")
    {
        Description = "The reporter's own verdict, such as up or down.",
    };
    private static readonly Option<string?> Message = new("--message") { Description = "A sentence for people." };
    private static readonly Option<string?> Title = new("--title") { Description = "A name for people." };
    private static readonly Option<string[]> Metric = new("--metric")
    {
        Description = "A further number, such as disk.used=0.8; may be repeated.",
    };
    private static readonly Option<string?> At = new("--at")
    {
        Description = "When it was so: 2026-11-21T10:00:00Z. Now by default.",
    };
    private static readonly Option<string> Retry = new("--retry")
    {
        Description = "How long to try again while the server is away, such as 1m; not at all by default.",
        DefaultValueFactory = _ => "0s",
    };

    public static Command Create()
    {
        Status.HelpName = "status";
        Status.CompletionSources.Add("up", "degraded", "critical", "down");
        return Verb.Create(
            "report",
            "Send a report, or many from standard input.",
            RunAsync,
            Source,
            Value,
            Status,
            Message,
            Title,
            Metric,
            At,
            Retry
        );
    }

    private static async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var delivery = new Delivery(call.Client, TimeProvider.System);
        var patience = Durations.Parse(call.Get(Retry)!);
        if (call.Get(Source) == "-")
            return await new ReportLines(call, delivery, patience).RunAsync(cancellationToken);
        var answer = await delivery.SendAsync(Report(call).ToJsonString(), patience, cancellationToken);
        var position = answer.GetProperty("position").GetInt64();
        await call.SayAsync(JsonSerializer.SerializeToElement(new { position }), _ => $"stored at position {position}");
        return ExitCodes.Success;
    }

    private static JsonObject Report(Call call)
    {
        var report = new JsonObject { ["source"] = call.Get(Source) };
        if (call.Get(Value) is { } value)
            report["value"] = FlagValues.Number(value);
        Add("status", Status);
        Add("message", Message);
        Add("title", Title);
        Add("at", At);
        if (call.Get(Metric) is { Length: > 0 } metrics)
            report["metrics"] = new JsonObject(metrics.Select(Number));
        return report;

        void Add(string name, Option<string?> option)
        {
            if (call.Get(option) is { } text)
                report[name] = text;
        }
    }

    private static KeyValuePair<string, JsonNode?> Number(string text) =>
        FlagValues.Assignment(text) is JsonArray pair && (string)pair[1]! is var value
            ? KeyValuePair.Create((string)pair[0]!, (JsonNode?)FlagValues.Number(value))
            : throw new SettingException($"--metric: \"{text}\" is not like disk.used=0.8");
}
