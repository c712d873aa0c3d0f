using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Torch.Contracts;
using Torch.Probes.Net;

namespace Torch.Probes.Dns;

/// <summary>A question to a name server: find the server, ask, judge the answer.</summary>
internal static class DnsProbe
{
    private const int DefaultPort = 53;

    private static readonly IdnMapping Idn = new();

    public static Task<ProbeCompleted> RunAsync(
        RunProbe run,
        ProbeContext context,
        CancellationToken cancellationToken
    ) =>
        ProbeFrame.RunAsync(
            run,
            context,
            (recording, over) =>
                AskAsync(
                    run.Settings.Dns ?? throw ProbeFault.Local("The check has no DNS settings."),
                    context,
                    recording,
                    over
                ),
            cancellationToken
        );

    private static async Task AskAsync(
        DnsSettings dns,
        ProbeContext context,
        ProbeRecording recording,
        CancellationToken cancellationToken
    )
    {
        var judge = new DnsJudge(dns);
        var id = BitConverter.ToUInt16(RandomNumberGenerator.GetBytes(2));
        var question = DnsMessage.Question(id, Name(dns), judge.Type);
        var servers = dns.Server is { } server
            ? await HostResolver.ResolveAsync(server, null, context, recording, cancellationToken)
            : OwnServers(context);
        var exchange = new DnsExchange(servers, dns.Port ?? DefaultPort, context, recording, isOwn: dns.Server is null);
        var message = await exchange.AskAsync(question, overTcp: dns.Transport is "tcp", cancellationToken);
        judge.Decide(DnsMessage.Read(message), recording);
    }

    // The resolver is the agent's own configuration, so the address policy, which is about what checks name, does not apply.
    private static IReadOnlyList<IPAddress> OwnServers(ProbeContext context)
    {
        var servers = context.NameServers();
        return servers.Count > 0
            ? servers
            : throw ProbeFault.Local("The agent's machine has no name server configured.");
    }

    /// <summary>The name servers of this machine's own resolver.</summary>
    public static IReadOnlyList<IPAddress> OfThisMachine()
    {
        try
        {
            return
            [
                .. NetworkInterface
                    .GetAllNetworkInterfaces()
                    .Where(i => i.OperationalStatus is OperationalStatus.Up)
                    .SelectMany(i => i.GetIPProperties().DnsAddresses)
                    .Distinct(),
            ];
        }
        catch (NetworkInformationException)
        {
            return [];
        }
    }

    private static string Name(DnsSettings dns)
    {
        if (dns.Type is "PTR" && IPAddress.TryParse(dns.Name, out var address))
            return Reverse(address);
        try
        {
            return Ascii.IsValid(dns.Name) ? dns.Name : Idn.GetAscii(dns.Name);
        }
        catch (ArgumentException)
        {
            throw ProbeFault.Local($"The name {dns.Name} cannot be asked for.");
        }
    }

    // RFC 1035, 3.5 and RFC 3596, 2.5.
    private static string Reverse(IPAddress address) =>
        address.AddressFamily is AddressFamily.InterNetwork
            ? string.Join('.', Enumerable.Reverse(address.GetAddressBytes())) + ".in-addr.arpa"
            : string.Join('.', Enumerable.Reverse(Convert.ToHexStringLower(address.GetAddressBytes()))) + ".ip6.arpa";
}
