using System.Text.Json;
using Torch.Cli.Settings;
using Torch.Contracts;
using Torch.Contracts.Json;
using Torch.Domain.Rules;

namespace Torch.Cli.Nodes;

/// <summary>Rules as files hold them (<see cref="RuleSheet"/>) and as the API takes and gives them.</summary>
internal static class RuleFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new Iso8601DurationConverter() },
    };

    /// <param name="path">A dash is standard input.</param>
    /// <exception cref="SettingException">There is no such file, or it holds no rules.</exception>
    public static async Task<RuleSet> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var (rules, error) = RuleSheet.Parse(await TextAsync(path, cancellationToken));
        return rules ?? throw new SettingException($"{path}: {error}");
    }

    /// <summary>As the API takes it.</summary>
    public static JsonElement Draft(RuleSet rules, string? reason) =>
        JsonSerializer.SerializeToElement(
            new PublishRules(
                [.. rules.Rules.Select(Request)],
                rules.RollUp.ToString(),
                rules.Match == MatchPolicy.Worst ? "worst" : "first",
                reason,
                Settings(rules.Timing),
                rules.TimeZone
            ),
            Json
        );

    /// <summary>What the API says, as a sheet.</summary>
    public static string Sheet(JsonElement answer)
    {
        var view = answer.Deserialize<RulesView>(Json)!;
        RollUp.TryParse(view.RollUp, out var rollUp);
        var match = string.Equals(view.Match, "worst", StringComparison.Ordinal)
            ? MatchPolicy.Worst
            : MatchPolicy.First;
        return RuleSheet.Write(
            new([.. view.Rules.Select(Rule)], rollUp ?? RollUp.Worst, match, Timing(view.Timing), view.TimeZone)
        );
    }

    private static RuleRequest Request(Rule rule) =>
        new(
            JsonSerializer.SerializeToElement(RuleText.Print(rule.When)),
            rule.Then,
            rule.Attempts > 1 ? rule.Attempts : null,
            rule.For,
            rule.Name
        );

    private static Rule Rule(RuleView view) =>
        new(
            RuleText.Parse(view.When).Condition ?? throw new SettingException($"\"{view.When}\" cannot be read here"),
            view.Then,
            view.Attempts,
            view.For,
            view.Name
        );

    private static TimingSettings? Settings(Timing? timing) =>
        timing is null
            ? null
            : new(
                timing.Attempts,
                timing.For,
                timing.RecoveryAttempts,
                timing.RecoveryFor,
                timing.HoldDown,
                timing.Flapping is { } flapping ? new(flapping.Start, flapping.Stop) : null
            );

    private static Timing? Timing(TimingSettings? timing) =>
        timing is null
            ? null
            : new(
                timing.Attempts ?? 1,
                timing.For,
                timing.RecoveryAttempts ?? 1,
                timing.RecoveryFor,
                timing.HoldDown,
                timing.Flapping is { } flapping ? new(flapping.Start ?? 30, flapping.Stop ?? 25) : null
            );

    private static async Task<string> TextAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return path == "-"
                ? await Console.In.ReadToEndAsync(cancellationToken)
                : await File.ReadAllTextAsync(path, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"{path} cannot be read: {exception.Message}");
        }
    }
}
