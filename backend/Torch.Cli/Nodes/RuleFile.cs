using System.Text.Json;
using System.Text.Json.Nodes;
using Torch.Cli.Client;
using Torch.Cli.Settings;
using Torch.Contracts;
using Torch.Contracts.Json;
using Torch.Domain.Rules;
using Torch.Domain.Statuses;
using Torch.Server.Features.Nodes.Rules;

namespace Torch.Cli.Nodes;

/// <summary>Rules as files hold them (<see cref="RuleSheet"/>) and as the API takes and gives them.</summary>
internal static class RuleFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new Iso8601DurationConverter() },
    };

    /// <param name="path">A dash is standard input.</param>
    /// <param name="statuses">Those that it may name; the built-in ones where absent.</param>
    /// <exception cref="SettingException">There is no such file, or it holds no rules.</exception>
    public static async Task<RuleSet> ReadAsync(
        string path,
        StatusCatalog? statuses,
        TextReader input,
        CancellationToken cancellationToken
    )
    {
        return Parse(path, await TextAsync(path, input, cancellationToken), statuses);
    }

    /// <summary>A draft as the API takes it, of a sheet or of JSON, as the file begins.</summary>
    /// <param name="statuses">Asked for where the file is a sheet.</param>
    /// <inheritdoc cref="ReadAsync"/>
    public static async Task<JsonObject> DraftAsync(
        string path,
        Func<Task<StatusCatalog>> statuses,
        TextReader input,
        CancellationToken cancellationToken
    )
    {
        var text = await TextAsync(path, input, cancellationToken);
        if (!text.TrimStart().StartsWith('{'))
            return JsonObject.Create(Draft(Parse(path, text, await statuses()), null))!;
        try
        {
            return JsonNode.Parse(text)!.AsObject();
        }
        catch (JsonException exception)
        {
            throw new SettingException($"{path} cannot be read: {exception.Message}");
        }
    }

    private static RuleSet Parse(string path, string text, StatusCatalog? statuses)
    {
        var (rules, error) = RuleSheet.Parse(text, statuses);
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
                TimingMapping.View(rules.Timing),
                rules.TimeZone
            ),
            Json
        );

    /// <summary>The statuses of a workspace.</summary>
    public static async Task<StatusCatalog> StatusesAsync(ApiClient client, CancellationToken cancellationToken) =>
        Statuses(await client.GetAsync("/api/v1/statuses", cancellationToken));

    private static StatusCatalog Statuses(JsonElement answer) =>
        StatusCatalog.With([
            .. answer
                .Deserialize<StatusView[]>(Json)!
                .Where(s => !s.BuiltIn)
                .Select(s => new Status(s.Name, s.Label, s.Severity, s.Available, s.Shape, Colour: s.Colour)),
        ]);

    /// <summary>What the API says, as a sheet.</summary>
    public static string Sheet(JsonElement answer, StatusCatalog statuses)
    {
        var view = answer.Deserialize<RulesView>(Json)!;
        RollUp.TryParse(view.RollUp, out var rollUp, statuses);
        var match = string.Equals(view.Match, "worst", StringComparison.Ordinal)
            ? MatchPolicy.Worst
            : MatchPolicy.First;
        return RuleSheet.Write(
            new(
                [.. view.Rules.Select(r => Rule(r, statuses))],
                rollUp ?? RollUp.Worst,
                match,
                TimingMapping.Read(view.Timing),
                view.TimeZone
            )
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

    private static Rule Rule(RuleView view, StatusCatalog statuses) =>
        new(
            RuleText.Parse(view.When, statuses).Condition
                ?? throw new SettingException($"\"{view.When}\" cannot be read here"),
            view.Then,
            view.Attempts,
            view.For,
            view.Name
        );

    private static async Task<string> TextAsync(string path, TextReader input, CancellationToken cancellationToken)
    {
        try
        {
            return path == "-"
                ? await input.ReadToEndAsync(cancellationToken)
                : await File.ReadAllTextAsync(path, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"{path} cannot be read: {exception.Message}");
        }
    }
}
