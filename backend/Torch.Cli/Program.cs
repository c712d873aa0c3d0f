using System.CommandLine;
using Torch.Cli;
using Torch.Cli.Client;
using Torch.Cli.Importing;
using Torch.Cli.Log;
using Torch.Cli.Nodes;
using Torch.Cli.Projections;
using Torch.Cli.Serving;

var root = new RootCommand("Torch: monitoring as a tree of reports, probes and rules.")
{
    ServeCommand.Create(),
    ReadyCommand.Create(),
    ReportCommand.Create(),
    TreeCommand.Create(),
    BacktestCommand.Create(),
    ExplainCommand.Create(),
    RulesCommand.Create(),
    LogCommand.Create(),
    ImportV1Command.CreateImport(),
    ProjectionsCommand.Create(),
};
return await CommandLine.RunAsync(root, args);
