using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Torch.Cli.Serving;

/// <summary>
/// Tells systemd that the service is ready, alive and stopping (sd_notify(3)): datagrams to the socket that NOTIFY_SOCKET names.
/// Nothing where no manager listens.
/// </summary>
internal sealed class ServiceManager : IDisposable
{
    private readonly Socket? _socket;
    private readonly Timer? _watchdog;

    private ServiceManager(string path, TimeSpan? watchdog, Func<bool> isAtWork)
    {
        // A manager that does not read what it is told must not hold up the service.
        _socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { Blocking = false };
        // An abstract socket's name begins with NUL, which systemd writes as @.
        _socket.Connect(new UnixDomainSocketEndPoint(path[0] == '@' ? '\0' + path[1..] : path));
        Say("READY=1");
        // Twice as often as it has to be, as sd_watchdog_enabled(3) advises.
        if (watchdog is { } every)
            _watchdog = new Timer(_ => Bark(isAtWork), null, every / 2, every / 2);
    }

    private ServiceManager() { }

    /// <summary>READY=1 now, WATCHDOG=1 as often as systemd wants it, STOPPING=1 when disposed.</summary>
    /// <param name="variable">Looks a variable of the environment up.</param>
    /// <param name="isAtWork">While it answers no, the watchdog hears nothing, and the manager starts the service anew.</param>
    public static ServiceManager Notified(Func<string, string?> variable, Func<bool>? isAtWork = null)
    {
        if (variable("NOTIFY_SOCKET") is not { Length: > 1 } path)
            return new ServiceManager();
        try
        {
            return new ServiceManager(path, Watchdog(variable("WATCHDOG_USEC")), isAtWork ?? (() => true));
        }
        catch (SocketException)
        {
            // A manager that does not listen is no reason not to run.
            return new ServiceManager();
        }
    }

    /// <summary>Says that it stops; more than once does no harm.</summary>
    public void Dispose()
    {
        _watchdog?.Dispose();
        Say("STOPPING=1");
        _socket?.Dispose();
    }

    private void Bark(Func<bool> isAtWork)
    {
        if (isAtWork())
            Say("WATCHDOG=1");
    }

    private static TimeSpan? Watchdog(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds) && microseconds > 0
            ? TimeSpan.FromMicroseconds(microseconds)
            : null;

    private void Say(string what)
    {
        try
        {
            _socket?.Send(Encoding.ASCII.GetBytes(what));
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // The service manager is gone or restarts; the service itself is well.
        }
    }
}
