using System.Runtime.InteropServices;

namespace Torch.Cli;

/// <summary>SIGINT, SIGTERM and SIGHUP, for as long as a command wants to hear of them instead of dying.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations;

    private StopSignals(Action<PosixSignal> heard) =>
        _registrations = [
            .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal =>
                PosixSignalRegistration.Create(
                    signal,
                    context =>
                    {
                        context.Cancel = true;
                        heard(context.Signal);
                    }
                )
            ),
        ];

    public static StopSignals Hear(Action<PosixSignal> heard) => new(heard);

    /// <summary>Runs until one comes or the caller cancels; ending so is a success.</summary>
    public static async Task<int> UntilStoppedAsync(
        Func<CancellationToken, Task<int>> work,
        CancellationToken cancellationToken
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var signals = Hear(_ => stop.Cancel());
        try
        {
            return await work(stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCodes.Success;
        }
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
    }
}
