using System.CommandLine;
using Torch.Cli.Client;
using Torch.Domain.Rules;
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
        return Verb.Create(
            "show",
            "Print a node's rules.",
            async (call, ct) =>
            {
                var path = await PathAsync(call.Client, call.Get(node)!, ct);
                var asked = call.Get(version) is { } n ? $"?version={n}" : "";
                var answer = await call.Client.GetAsync(path + asked, ct);
                await call.Terminal.Output.WriteAsync(
                    call.Parsed.IsJson()
                        ? answer.GetRawText() + "\n"
                        : RuleFile.Sheet(answer, await RuleFile.StatusesAsync(call.Client, ct))
                );
                return ExitCodes.Success;
            },
            node,
            version
        );
    }

    private static Command Check()
    {
        var file = FileArgument();
        var node = new Option<string?>("--node")
        {
            Description = "Also say what the rules make of it on current data.",
        };
        return Verb.Create(
            "check",
            "Say whether a file of rules can be read. Writes nothing.",
            async (call, ct) =>
            {
                var known = await KnownStatusesAsync(call.Client, call.Terminal, ct);
                var rules = await RuleFile.ReadAsync(call.Get(file)!, known, call.Terminal.Input, ct);
                var count = rules.Rules.Count;
                if (call.Get(node) is { } name)
                    return await TryAsync(call, await PathAsync(call.Client, name, ct), rules, ct);
                await call.Parsed.SayAsync(new { rules = count }, $"{count} rules can be read");
                return ExitCodes.Success;
            },
            file,
            node
        );
    }

    private static async Task<int> TryAsync(Call call, string path, RuleSet rules, CancellationToken ct)
    {
        var answer = await call.Client.PostAsync(path + "/evaluate", RuleFile.Draft(rules, null), ct);
        foreach (var error in answer.GetProperty("errors").EnumerateArray())
            await call.Terminal.RemarkAsync(error.GetProperty("message").GetString()!);
        if (answer.GetProperty("errors").GetArrayLength() > 0)
            return ExitCodes.Settings;
        await call.SayAsync(answer, a => a.GetProperty("sentence").GetString()!);
        return ExitCodes.Success;
    }

    private static Command Set()
    {
        var node = NodeArgument.Create();
        var file = FileArgument();
        var reason = new Option<string?>("--reason") { Description = "Why, for the history." };
        return Verb.Create(
            "set",
            "Publish a file of rules on a node.",
            async (call, ct) =>
            {
                var known = await RuleFile.StatusesAsync(call.Client, ct);
                var rules = await RuleFile.ReadAsync(call.Get(file)!, known, call.Terminal.Input, ct);
                var path = await PathAsync(call.Client, call.Get(node)!, ct);
                var answer = await call.Client.PutAsync(path, RuleFile.Draft(rules, call.Get(reason)), ct);
                await call.SayAsync(answer, a => "in force from position " + a.GetProperty("position"));
                return ExitCodes.Success;
            },
            node,
            file,
            reason
        );
    }

    // A file can be read without a server, as far as it speaks of the statuses that every Torch has.
    private static async Task<StatusCatalog> KnownStatusesAsync(
        ApiClient client,
        Terminal terminal,
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
            await terminal.RemarkAsync($"only the built-in statuses are known: {why}");
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
