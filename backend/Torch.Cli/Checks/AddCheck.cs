using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Torch.Cli.Client;
using Torch.Cli.Nodes;

namespace Torch.Cli.Checks;

/// <summary><c>torch checks add https://example.org --place-under Sites</c>.</summary>
internal static class AddCheck
{
    private const string DefaultInterval = "PT30S";

    private static readonly Argument<string> Target = new("target")
    {
        Description =
            "A URL; tcp://host:port, tls://host, dns://name, icmp://host, postgres://user@host/db; or what --kind needs.",
    };
    private static readonly Option<string?> Kind = new("--kind") { Description = string.Join(", ", CheckTarget.Kinds) };
    private static readonly Option<string?> Name = new("--name") { Description = "For people; the target by default." };
    private static readonly Option<string?> Under = new("--place-under")
    {
        Description = "Show it in a tree, below this node. A name that no node has becomes a new hierarchy.",
    };

    public static Command Create()
    {
        // Help names them too, and must not ask a server for what could stand there.
        (Kind.HelpName, Under.HelpName) = ("kind", "node");
        Kind.CompletionSources.Add(CheckTarget.Kinds);
        Under.CompletionSources.Add(NodeArgument.Paths);
        var command = Verb.Create(
            "add",
            "Make a check; every 30 s unless --interval says otherwise.",
            RunAsync,
            Target,
            Kind,
            Name,
            Under
        );
        CheckFlags.AddTo(command);
        return command;
    }

    private static async Task<int> RunAsync(Call call, CancellationToken cancellationToken)
    {
        var check = Read(call, call.Get(Name));
        var name = (string)check["name"]!;
        var made = await call.Client.PostAsync("/api/v1/checks", check, cancellationToken);
        await call.SettledAsync(made, cancellationToken);
        var id = made.GetProperty("id").GetGuid();
        var node = call.Get(Under) is { } under
            ? await PlaceAsync(call, under, name, id, cancellationToken)
            : (Guid?)null;
        var answer = JsonSerializer.SerializeToElement(
            new
            {
                id,
                name,
                nodeId = node,
            }
        );
        await call.SayAsync(answer, _ => Said(name, (string)check["kind"]!, id, call.Get(Under)));
        return ExitCodes.Success;
    }

    /// <summary><c>torch checks try https://example.org --regex ok</c>.</summary>
    public static Command CreateTry()
    {
        var command = Verb.Create(
            "try",
            "Probe once with these settings and save nothing. Ends with 1 unless the target is up.",
            TryAsync,
            Target,
            Kind
        );
        CheckFlags.AddTo(command);
        return command;
    }

    private static async Task<int> TryAsync(Call call, CancellationToken cancellationToken)
    {
        var seen = await call.Client.PostAsync("/api/v1/checks/try", Read(call, null), cancellationToken);
        await call.SayAsync(seen, CheckText.Observation);
        return seen.GetProperty("outcome").ValueEquals("up") ? ExitCodes.Success : ExitCodes.Failed;
    }

    private static JsonObject Read(Call call, string? name)
    {
        var target = call.Get(Target)!;
        var kind = CheckTarget.KindOf(target, call.Get(Kind));
        var check = new JsonObject { ["name"] = "", ["kind"] = kind };
        CheckTarget.Apply(check, kind, target);
        if (name is { Length: > 0 })
            check["name"] = name;
        CheckFlags.Apply(call.Parsed, check, kind);
        if (kind is not ("report" or "heartbeat") && check["interval"] is null && check["cron"] is null)
            check["interval"] = DefaultInterval;
        return check;
    }

    private static async Task<Guid> PlaceAsync(
        Call call,
        string under,
        string name,
        Guid check,
        CancellationToken cancellationToken
    )
    {
        var parent = await NodeArgument.FindAsync(call.Client, under, cancellationToken) switch
        {
            [var one] => one,
            [] when !under.Contains('/', StringComparison.Ordinal) => await NodeAsync(
                call,
                new { name = under },
                cancellationToken
            ),
            _ => await NodeArgument.ResolveAsync(call.Client, under, cancellationToken),
        };
        return await NodeAsync(
            call,
            new
            {
                name,
                parentId = parent,
                checkId = check,
            },
            cancellationToken
        );
    }

    private static async Task<Guid> NodeAsync(Call call, object node, CancellationToken cancellationToken)
    {
        var made = await call.Client.PostAsync("/api/v1/nodes", node, cancellationToken);
        return (await call.SettledAsync(made, cancellationToken)).GetProperty("id").GetGuid();
    }

    private static IEnumerable<string> Said(string name, string kind, Guid id, string? under)
    {
        yield return $"added {name} ({kind}){(under is null ? "" : $" below {under}")}: {id}";
    }
}
