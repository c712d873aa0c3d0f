using System.CommandLine;
using System.Text.Json;
using Torch.Cli.Client;
using Torch.Domain.Statuses;

namespace Torch.Cli.Nodes;

/// <summary><c>torch rules</c>: rules of nodes as text, to look at, to try and to publish.</summary>
internal static class RulesCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static Command Create() =>
        new("rules", "Look at, try and publish the rules of nodes, as text.") { Show(), Check(), Set() };

    private static Command Show()
    {
        var node = NodeArgument.Create();
        var version = new Option<long?>("--version") { Description = "A publication, from 1." };
        var json = new Option<bool>("--json") { Description = "The API's answer." };
        var command = new Command("show", "Print a node's rules.") { node, version, json };
        command
            .WithServer()
            .SetAction(
                async (parsed, cancellationToken) =>
                {
                    using var client = ApiClient.For(parsed);
                    var path = await PathAsync(client, parsed.GetRequiredValue(node), cancellationToken);
                    var asked = parsed.GetValue(version) is { } n ? $"?version={n}" : "";
                    var answer = await client.GetAsync(path + asked, cancellationToken);
                    await parsed
                        .Terminal()
                        .Output.WriteAsync(
                            parsed.GetValue(json)
                                ? answer.GetRawText() + "\n"
                                : RuleFile.Sheet(answer, await RuleFile.StatusesAsync(client, cancellationToken))
                        );
                    return ExitCodes.Success;
                }
            );
        return command;
    }

    private static Command Check()
    {
        var file = FileArgument();
        var node = new Option<string?>("--node")
        {
            Description = "Also say what the rules make of it on current data.",
        };
        var command = new Command("check", "Say whether a file of rules can be read. Writes nothing.") { file, node };
        command
            .WithServer()
            .SetAction(
                async (parsed, cancellationToken) =>
                {
                    using var client = ApiClient.For(parsed);
                    var known = await KnownStatusesAsync(client, parsed, cancellationToken);
                    var rules = await RuleFile.ReadAsync(
                        parsed.GetRequiredValue(file),
                        known,
                        parsed.Terminal().Input,
                        cancellationToken
                    );
                    if (parsed.GetValue(node) is not { } name)
                    {
                        await parsed.SayAsync($"{rules.Rules.Count} rules can be read");
                        return ExitCodes.Success;
                    }
                    var target = await PathAsync(client, name, cancellationToken);
                    var draft = RuleFile.Draft(rules, null);
                    var answer = await client.PostAsync(target + "/evaluate", draft, cancellationToken);
                    return await SayAsync(parsed.Terminal(), answer);
                }
            );
        return command;
    }

    private static async Task<int> SayAsync(Terminal terminal, JsonElement answer)
    {
        foreach (var error in answer.GetProperty("errors").EnumerateArray())
            await terminal.RemarkAsync(error.GetProperty("message").GetString()!);
        if (answer.GetProperty("errors").GetArrayLength() > 0)
            return ExitCodes.Settings;
        await terminal.SayAsync(answer.GetProperty("sentence").GetString()!);
        return ExitCodes.Success;
    }

    private static Command Set()
    {
        var node = NodeArgument.Create();
        var file = FileArgument();
        var reason = new Option<string?>("--reason") { Description = "Why, for the history." };
        var command = new Command("set", "Publish a file of rules on a node.") { node, file, reason };
        command
            .WithServer()
            .SetAction(
                async (parsed, cancellationToken) =>
                {
                    using var client = ApiClient.For(parsed);
                    var rules = await RuleFile.ReadAsync(
                        parsed.GetRequiredValue(file),
                        await RuleFile.StatusesAsync(client, cancellationToken),
                        parsed.Terminal().Input,
                        cancellationToken
                    );
                    var path = await PathAsync(client, parsed.GetRequiredValue(node), cancellationToken);
                    var draft = RuleFile.Draft(rules, parsed.GetValue(reason));
                    var answer = await client.PutAsync(path, draft, cancellationToken);
                    await parsed.SayAsync("in force from position " + answer.GetProperty("position"));
                    return ExitCodes.Success;
                }
            );
        return command;
    }

    // A file can be read without a server, as far as it speaks of the statuses that every Torch has.
    private static async Task<StatusCatalog> KnownStatusesAsync(
        ApiClient client,
        ParseResult parsed,
        CancellationToken cancellationToken
    )
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            return await RuleFile.StatusesAsync(client, limit.Token);
        }
        catch (Exception exception) when (IsWithout(exception) && !cancellationToken.IsCancellationRequested)
        {
            var why = exception is ServerAnswerException ? exception.Message : "the server takes too long";
            await parsed.Terminal().RemarkAsync($"only the built-in statuses are known: {why}");
            return StatusCatalog.BuiltIn;
        }
    }

    private static bool IsWithout(Exception exception) =>
        exception is ServerAnswerException or OperationCanceledException;

    private static Argument<string> FileArgument() =>
        new("file") { Description = "Lines such as: when value > 80 then degraded. A dash reads standard input." };

    private static async Task<string> PathAsync(ApiClient client, string node, CancellationToken cancellationToken) =>
        $"/api/v1/nodes/{await NodeArgument.ResolveAsync(client, node, cancellationToken)}/rules";
}
