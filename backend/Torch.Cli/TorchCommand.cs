using System.CommandLine;
using Torch.Cli.Agents;
using Torch.Cli.Auditing;
using Torch.Cli.Checks;
using Torch.Cli.Client;
using Torch.Cli.Completion;
using Torch.Cli.Configuring;
using Torch.Cli.Events;
using Torch.Cli.Importing;
using Torch.Cli.Keys;
using Torch.Cli.Log;
using Torch.Cli.Monitoring;
using Torch.Cli.Nodes;
using Torch.Cli.Notices;
using Torch.Cli.Projections;
using Torch.Cli.Reporting;
using Torch.Cli.Serving;
using Torch.Cli.Simulating;
using Torch.Cli.Slos;
using Torch.Cli.Watching;

namespace Torch.Cli;

/// <summary>Every command, in the order of <c>--help</c>.</summary>
internal static class TorchCommand
{
    public static RootCommand Create() =>
        new("Torch: monitoring as a tree of reports, probes and rules.")
        {
            ServeCommand.Create(),
            AgentCommand.Create(),
            ReadyCommand.Create(),
            ChecksCommand.Create(),
            TreeCommand.Create(),
            StatusCommand.Create(),
            WatchCommand.Create(),
            ExplainCommand.Create(),
            AnnotateCommand.Create(),
            RulesCommand.Create(),
            BacktestCommand.Create(),
            ReportCommand.Create(),
            RunCommand.Create(),
            DiffCommand.Create(),
            AvailabilityCommand.Create(),
            SloCommand.Create(),
            ChannelsCommand.Create(),
            AuditCommand.Create(),
            KeysCommand.Create(),
            EventsCommand.Create(),
            LogCommand.Create(),
            ReplayCommand.Create(),
            ProjectionsCommand.Create(),
            ExportConfigCommand.Create(),
            ApplyCommand.Create(),
            Import(),
            ConfigCommand.Create(),
            MonitorCommand.Create(),
            SimulateCommand.Create(),
            CompletionCommand.Create(),
            Verbosity.Flag,
        };

    private static Command Import()
    {
        var import = ImportV1Command.CreateImport();
        foreach (var format in ImportConfigCommands.All())
            import.Add(format);
        return import;
    }
}
