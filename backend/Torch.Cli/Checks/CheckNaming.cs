using System.CommandLine;
using System.CommandLine.Completions;
using System.Globalization;
using System.Text.Json;
using Torch.Cli.Client;

namespace Torch.Cli.Checks;

/// <summary>Checks as people name them: by name, id, or number in <c>checks list --numbered</c>.</summary>
internal static class CheckNaming
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static Argument<string> Argument()
    {
        var argument = new Argument<string>("check")
        {
            Description = "Its name, its id, or its number in checks list --numbered.",
            HelpName = "check",
        };
        argument.CompletionSources.Add(Names);
        return argument;
    }

    /// <summary>Every check, in the order of the list.</summary>
    public static async Task<IReadOnlyList<JsonElement>> AllAsync(ApiClient client, CancellationToken cancellationToken)
    {
        var all = new List<JsonElement>();
        string? next = null;
        do
        {
            var after = next is null ? "" : "&after=" + Uri.EscapeDataString(next);
            var page = await client.GetAsync("/api/v1/checks?limit=1000" + after, cancellationToken);
            all.AddRange(page.GetProperty("items").EnumerateArray());
            next = page.GetProperty("next").GetString();
        } while (next is not null);
        return all;
    }

    /// <exception cref="ServerAnswerException">There is no such check, or several have that name.</exception>
    public static async Task<JsonElement> FindAsync(ApiClient client, string text, CancellationToken cancellationToken)
    {
        if (Guid.TryParse(text, out var id))
            return await client.GetAsync($"/api/v1/checks/{id}", cancellationToken);
        var all = await AllAsync(client, cancellationToken);
        var named = all.Where(c => c.GetProperty("name").ValueEquals(text)).ToList();
        return named switch
        {
            [var one] => one,
            [] => Numbered(all, text)
                ?? throw new ServerAnswerException($"there is no check {text} (torch checks list shows them)"),
            _ => throw new ServerAnswerException(
                $"{named.Count} checks are called {text}: name one by its id or number"
            ),
        };
    }

    private static JsonElement? Numbered(IReadOnlyList<JsonElement> all, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= 1
        && number <= all.Count
            ? all[number - 1]
            : null;

    // A shell waits for it: a server that is away, or slow, gives no names.
    private static IEnumerable<CompletionItem> Names(CompletionContext context)
    {
        try
        {
            using var limit = new CancellationTokenSource(Patience);
            using var client = ApiClient.For(context.ParseResult);
            var all = AllAsync(client, limit.Token).GetAwaiter().GetResult();
            return [.. all.Select(c => new CompletionItem(c.GetProperty("name").GetString()!))];
        }
        catch (Exception exception) when (exception is OperationCanceledException || Failure.Of(exception) is not null)
        {
            return [];
        }
    }
}
