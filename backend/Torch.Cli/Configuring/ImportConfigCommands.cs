using System.CommandLine;
using Torch.Cli.Client;

namespace Torch.Cli.Configuring;

/// <summary><c>torch import kuma FILE</c> and its like: another system's configuration, by way of a running Torch.</summary>
internal static class ImportConfigCommands
{
    private static readonly (string Format, string What)[] Formats =
    [
        ("kuma", "Import an Uptime Kuma backup (JSON)."),
        ("gatus", "Import Gatus's configuration (YAML)."),
        ("prometheus", "Import the blackbox exporter's modules and the targets that Prometheus probes: both files."),
        ("healthchecks", "Import checks as Healthchecks' API lists them (JSON)."),
        ("services", "Import a file of services (the Universal Monitoring Tool's)."),
        ("csv", "Import a table: name, target, group, kind, interval, timeout, tags, weight."),
    ];

    private static readonly Argument<string[]> Files = new("file")
    {
        Description = "The file; - is standard input.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string?> Root = new("--root")
    {
        Description = "What the hierarchy is called; the system's name by default.",
        HelpName = "name",
    };

    public static IEnumerable<Command> All() =>
        Formats.Select(f =>
            Verb.Create(
                f.Format,
                f.What,
                (call, ct) => RunAsync(f.Format, call, ct),
                Files,
                Root,
                Applying.DryRun,
                Applying.Reason
            )
        );

    private static async Task<int> RunAsync(string format, Call call, CancellationToken ct)
    {
        var names = call.Get(Files)!;
        var texts = new List<string>();
        foreach (var name in names)
            texts.Add(await ConfigFile.ReadAsync(name, call.Terminal, ct));
        var text = string.Join("\n---\n", texts);
        var wanted = new
        {
            text,
            root = call.Get(Root),
            variables = format == "gatus" ? ConfigFile.Variables(text, call.Terminal.Variable) : null,
            reason = call.Get(Applying.Reason),
        };
        return await Applying.RunAsync(
            call,
            names[0],
            async (isDry, c) =>
            {
                var answer = await call.Client.PostAsync(
                    $"/api/v1/import/{format}/{(isDry ? "plan" : "apply")}",
                    wanted,
                    c
                );
                // Said once, before the plan that is done or only shown.
                if (isDry)
                    foreach (var left in answer.GetProperty("left").EnumerateArray())
                        await call.Terminal.Error.WriteLineAsync("not carried: " + left.GetString());
                return answer;
            },
            answer => answer.GetProperty("plan"),
            ct
        );
    }
}
