using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Torch.Cli;

/// <summary><c>--json</c>, the same for every command, and the one place where a result becomes JSON or words.</summary>
internal static class JsonOutput
{
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON, for scripts." };
    private static readonly JsonSerializerOptions Format = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command WithJson(this Command command)
    {
        command.Add(Json);
        return command;
    }

    /// <summary>JSON was asked for.</summary>
    public static bool IsJson(this ParseResult parsed) => parsed.GetValue(Json);

    /// <summary>What came, as it came, or in words.</summary>
    public static async Task SayAsync(
        this ParseResult parsed,
        JsonElement answer,
        Func<JsonElement, IEnumerable<string>> words
    )
    {
        foreach (var line in parsed.IsJson() ? [answer.GetRawText()] : words(answer))
            await parsed.SayAsync(line);
    }

    /// <summary>What the command itself knows, in one line of JSON, or in words.</summary>
    public static Task SayAsync(this ParseResult parsed, object facts, string words) =>
        parsed.SayAsync(parsed.IsJson() ? Line(facts) : words);

    /// <summary>One line of JSON.</summary>
    public static string Line(object facts) => JsonSerializer.Serialize(facts, Format);
}
