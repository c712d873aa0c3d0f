using System.Net.Sockets;
using System.Text;

namespace Torch.Cli.Serving;

/// <summary>What systemd wants to hear (sd_notify(3)); nothing where no manager listens.</summary>
internal static class ServiceManager
{
    public static void Ready(Func<string, string?> variable) => Say(variable, "READY=1");

    public static void Stopping(Func<string, string?> variable) => Say(variable, "STOPPING=1");

    private static void Say(Func<string, string?> variable, string what)
    {
        if (variable("NOTIFY_SOCKET") is not { Length: > 0 } path)
            return;
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            // An @ stands for the zero byte of an abstract address.
            socket.Connect(new UnixDomainSocketEndPoint(path.StartsWith('@') ? "\0" + path[1..] : path));
            socket.Send(Encoding.UTF8.GetBytes(what));
        }
        catch (SocketException)
        {
            // A manager that does not listen is no reason not to run.
        }
    }
}
