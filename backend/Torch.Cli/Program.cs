using Torch.Cli;

return await CommandLine.RunAsync(TorchCommand.Create(), args, Terminal.OfProcess());
