using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Torch.Probes.Net;

namespace Torch.Probes.Dns;

/// <summary>
/// One question and its answer: by datagram, asked again where it may have been lost and of the next address where one stays silent, and by TCP
/// where the answer does not fit.
/// </summary>
/// <param name="isOwn">The servers are the agent's own: their silence says nothing of the target.</param>
internal sealed class DnsExchange(
    IReadOnlyList<IPAddress> servers,
    int port,
    ProbeContext context,
    ProbeRecording recording,
    bool isOwn
)
{
    private const int MaxDatagram = 4096;
    private static readonly TimeSpan HeadStart = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <returns>A message that answers the question.</returns>
    public async Task<byte[]> AskAsync(byte[] question, bool overTcp, CancellationToken cancellationToken)
    {
        recording.Phase = "waiting for the name server's answer";
        try
        {
            var answer = overTcp ? null : await AskByDatagramAsync(question, cancellationToken);
            var isCut = answer is not null && (answer[2] & 2) != 0;
            return answer is null || isCut ? await AskOverTcpAsync(question, cancellationToken) : answer;
        }
        catch (Exception fault) when (isOwn && !cancellationToken.IsCancellationRequested)
        {
            throw ProbeFault.Local($"The agent's own name server cannot be asked: {Faults.Of(fault).Message}", fault);
        }
    }

    private async Task<byte[]> AskByDatagramAsync(byte[] question, CancellationToken cancellationToken)
    {
        SocketException? last = null;
        for (var attempt = 0; ; attempt++)
        {
            var server = servers[attempt % servers.Count];
            var isFirstRound = attempt < servers.Count - 1;
            try
            {
                if (
                    await AskOnceAsync(server, question, isFirstRound ? HeadStart : Patience, cancellationToken) is
                    { } answer
                )
                    return answer;
            }
            // A closed port answers at once; when all are closed, that is the result.
            catch (SocketException fault) when (!cancellationToken.IsCancellationRequested)
            {
                last = fault;
                if (!isFirstRound)
                    throw SocketFaults.OfConnecting(last);
            }
        }
    }

    /// <returns>Null where none came in time.</returns>
    private async Task<byte[]?> AskOnceAsync(
        IPAddress server,
        byte[] question,
        TimeSpan patience,
        CancellationToken cancellationToken
    )
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        using var silence = new CancellationTokenSource(patience, context.Time);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        // Connected, so that datagrams of others never get here and a closed port is heard of.
        await socket.ConnectAsync(new IPEndPoint(server, port), cancellationToken);
        recording.Address = isOwn ? recording.Address : server;
        var sent = recording.Mark();
        await socket.SendAsync(question, SocketFlags.None, cancellationToken);
        try
        {
            return await ReceiveAsync(socket, question, sent, enough.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<byte[]> ReceiveAsync(
        Socket socket,
        byte[] question,
        long sent,
        CancellationToken cancellationToken
    )
    {
        var buffer = new byte[MaxDatagram];
        while (true)
        {
            var length = await socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken);
            if (!DnsMessage.Answers(buffer.AsSpan(0, length), question))
                continue;
            recording.Answered(sent, recording.Mark());
            return buffer[..length];
        }
    }

    private async Task<byte[]> AskOverTcpAsync(byte[] question, CancellationToken cancellationToken)
    {
        var address = recording.Address;
        using var socket = await Dialer.ConnectAsync(servers, port, context, recording, cancellationToken);
        recording.Address = isOwn ? address : recording.Address;
        await using var stream = new NetworkStream(socket);
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)question.Length);
        await stream.WriteAsync((byte[])[.. length, .. question], cancellationToken);
        var sent = recording.Mark();
        recording.Phase = "waiting for the name server's answer";
        await ReadAsync(stream, length, cancellationToken);
        var answer = new byte[BinaryPrimitives.ReadUInt16BigEndian(length)];
        await ReadAsync(stream, answer, cancellationToken);
        recording.Answered(sent, recording.Mark());
        return DnsMessage.Answers(answer, question)
            ? answer
            : throw new ProbeFault(Causes.Protocol, "The answer is not one to the question.");
    }

    private static async Task ReadAsync(Stream stream, byte[] bytes, CancellationToken cancellationToken)
    {
        if (
            await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken)
            < bytes.Length
        )
            throw Faults.ClosedEarly();
    }
}
