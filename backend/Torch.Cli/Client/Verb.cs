using System.CommandLine;
using System.Text.Json;

namespace Torch.Cli.Client;

/// <summary>A command that talks to a server: with <c>--server</c>, <c>--key</c> and <c>--json</c>.</summary>
internal static class Verb
{
    public static Command Create(
        string name,
        string description,
        Func<Call, CancellationToken, Task<int>> run,
        params IReadOnlyList<Symbol> symbols
    )
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
            Add(command, symbol);
        command
            .WithJson()
            .WithServer()
            .SetAction(
                async (parsed, cancellationToken) =>
                {
                    using var client = ApiClient.For(parsed);
                    return await run(new Call(parsed, client), cancellationToken);
                }
            );
        return command;
    }

    private static void Add(Command command, Symbol symbol)
    {
        if (symbol is Argument argument)
            command.Add(argument);
        else
            command.Add((Option)symbol);
    }
}

/// <summary>One use of a client verb.</summary>
internal sealed class Call(ParseResult parsed, ApiClient client)
{
    public ParseResult Parsed => parsed;

    public ApiClient Client => client;

    public Terminal Terminal => parsed.Terminal();

    public T? Get<T>(Option<T> option) => parsed.GetValue(option);

    public T? Get<T>(Argument<T> argument) => parsed.GetValue(argument);

    /// <summary>What came, as it came, or in words.</summary>
    public Task SayAsync(JsonElement answer, Func<JsonElement, IEnumerable<string>> words) =>
        parsed.SayAsync(answer, words);

    /// <summary>Waits until reads know of a command, so that what is run next sees it.</summary>
    public async Task<JsonElement> SettledAsync(JsonElement accepted, CancellationToken cancellationToken)
    {
        if (accepted.ValueKind == JsonValueKind.Object && accepted.TryGetProperty("position", out var position))
            await client.GetAsync($"/api/v1/session?minPosition={position}", cancellationToken);
        return accepted;
    }

    /// <summary>The same for one line of words.</summary>
    public Task SayAsync(JsonElement answer, Func<JsonElement, string> words) => SayAsync(answer, a => [words(a)]);
}
