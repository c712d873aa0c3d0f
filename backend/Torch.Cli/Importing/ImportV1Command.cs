using System.CommandLine;
using System.Globalization;
using Torch.Cli.Log;
using Torch.Cli.Settings;
using Torch.Domain.Importing;
using Torch.EventStore;

namespace Torch.Cli.Importing;

/// <summary><c>torch import v1</c>: Torch v1's nodes, reports and rules, from CSV files or its database. Repeated, it creates nothing.</summary>
internal static class ImportV1Command
{
    public static Command CreateImport() => new("import", "Bring in what another system knows.") { Create() };

    private static Command Create()
    {
        var folder = new Option<string?>("--folder")
        {
            Description = "A folder with reports.csv, nodes.csv, rules.csv and node_rules.csv.",
        };
        var connection = new Option<string?>("--connection")
        {
            Description = "A connection string to a PostgreSQL that holds Torch v1's tables.",
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what would be created, and what not." };
        var command = new Command("v1", "Import Torch v1's nodes, reports and rules.") { folder, connection, dryRun };
        var options = SettingOptions.AddTo(command.WithJson(), LogCommand.Settings);
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(folder) is null == parsed.GetValue(connection) is null)
                parsed.AddError("torch import v1 needs either --folder or --connection");
        });
        command.SetAction(
            async (parsed, ct) =>
            {
                var dump = parsed.GetValue(folder) is { } path
                    ? await V1Source.FromFolderAsync(path, ct)
                    : await V1Source.FromDatabaseAsync(parsed.GetValue(connection)!, ct);
                var settings = ServeSettings.From(options.Layers(parsed));
                await using var database = await LogDatabase.OpenAsync(settings, ct);
                await using var log = new EventLog(database.DataSource);
                var import = V1Import.Of(dump, TimeProvider.System.GetUtcNow());
                await RunAsync(log, import, parsed.GetValue(dryRun), parsed, ct);
                return ExitCodes.Success;
            }
        );
        return command;
    }

    private static async Task RunAsync(
        EventLog log,
        V1Import import,
        bool isDry,
        ParseResult parsed,
        CancellationToken ct
    )
    {
        var writing = new V1Writing(log);
        var (nodes, reports) = (await writing.NewAsync(import, ct), await writing.NewReportsAsync(import, ct));
        if (!isDry)
            await writing.WriteAsync(nodes, reports, ct);
        var facts = new
        {
            applied = !isDry,
            nodes = nodes.Select(n => n.Said),
            reports = reports.Count,
            unchangedNodes = import.Nodes.Count - nodes.Count,
            unchangedReports = import.Reports.Count - reports.Count,
            left = import.Left,
        };
        IEnumerable<string> words =
        [
            .. nodes.Select(n => $"  {n.Said}"),
            .. import.Left.Select(left => $"  not carried: {left}"),
            string.Create(
                CultureInfo.InvariantCulture,
                $"{(isDry ? "would create" : "created")} {nodes.Count:N0} nodes and {reports.Count:N0} reports; {facts.unchangedNodes:N0} nodes and {facts.unchangedReports:N0} reports were there already; {import.Left.Count:N0} could not be carried"
            ),
        ];
        await parsed.SayAsync(facts, string.Join('\n', words));
    }
}
