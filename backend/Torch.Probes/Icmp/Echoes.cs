using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Torch.Probes.Net;

namespace Torch.Probes.Icmp;

/// <summary>What came of the requests to one address.</summary>
/// <param name="Sent">How many were sent: the last ones are not where the time was over before.</param>
/// <param name="RoundTrips">Milliseconds of each that was answered.</param>
internal sealed record Answered(int Sent, double[] RoundTrips);

/// <summary>Echo requests to one address (RFC 792, RFC 4443), and the round trips of those that were answered.</summary>
internal sealed class Echoes(IPAddress address, int payloadBytes, TimeProvider time)
{
    private const int HeaderBytes = 8;

    private readonly bool _isV6 = address.AddressFamily is AddressFamily.InterNetworkV6;
    private readonly ushort _id = BitConverter.ToUInt16(RandomNumberGenerator.GetBytes(2));
    private readonly Dictionary<ushort, long> _sent = [];
    private readonly SortedDictionary<ushort, double> _roundTrips = [];
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <returns>How many requests were sent, and the milliseconds of those that were answered, in their order.</returns>
    /// <exception cref="ProbeFault">Nothing could be sent.</exception>
    public async Task<Answered> RunAsync(
        int count,
        TimeSpan spacing,
        TimeSpan patience,
        CancellationToken cancellationToken
    )
    {
        using var late = new CancellationTokenSource(patience > TimeSpan.Zero ? patience : TimeSpan.Zero, time);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            using var socket = EchoSocket.Open(address.AddressFamily);
            await socket.ConnectAsync(new IPEndPoint(address, 0), over.Token);
            var receiving = ReceiveAsync(socket, count, over.Token);
            await SendAsync(socket, count, spacing, receiving, over.Token);
            await receiving;
        }
        catch (SocketException fault)
        {
            throw SocketFaults.OfConnecting(fault, address.AddressFamily);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Who has not answered by now has not answered.
        }
        lock (_sent)
            return _sent.Count > 0
                ? new(_sent.Count, [.. _roundTrips.Values])
                : throw ProbeFault.Local("The agent sent no request within the timeout.");
    }

    /// <summary>Whether the first answer comes soon; false also where the run is over without one.</summary>
    public async Task<bool> IsAnsweredWithinAsync(TimeSpan patience, Task run)
    {
        try
        {
            return await Task.WhenAny(_answered.Task, run).WaitAsync(patience, time) == _answered.Task;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task SendAsync(
        Socket socket,
        int count,
        TimeSpan spacing,
        Task receiving,
        CancellationToken cancellationToken
    )
    {
        for (ushort number = 0; number < count; number++)
        {
            if (number > 0)
                await Task.Delay(spacing, time, cancellationToken);
            // The network says on the same socket that the target cannot be reached: then there is nothing more to send.
            if (receiving.IsFaulted)
                return;
            lock (_sent)
                _sent[number] = time.GetTimestamp();
            await socket.SendAsync(Request(number), SocketFlags.None, cancellationToken);
        }
    }

    private async Task ReceiveAsync(Socket socket, int count, CancellationToken cancellationToken)
    {
        var buffer = new byte[2048];
        for (var answered = 0; answered < count; )
        {
            var length = await socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken);
            if (IsAnswer(buffer.AsSpan(0, length), socket.SocketType is SocketType.Raw) is not { } number)
                continue;
            lock (_sent)
                if (_sent.TryGetValue(number, out var sent))
                    answered += _roundTrips.TryAdd(number, time.GetElapsedTime(sent).TotalMilliseconds) ? 1 : 0;
            _answered.TrySetResult();
        }
    }

    private byte[] Request(ushort number)
    {
        var packet = new byte[HeaderBytes + payloadBytes];
        packet[0] = _isV6 ? (byte)128 : (byte)8;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), _id);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(6), number);
        // The kernel does it for version 6, where the sum covers addresses too.
        if (!_isV6)
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), Checksum(packet));
        return packet;
    }

    /// <returns>Its number; null where the packet is anything else.</returns>
    private ushort? IsAnswer(ReadOnlySpan<byte> packet, bool isRaw)
    {
        // A raw socket hands over version 4's header too; an answer's own first byte is 0.
        if (!_isV6 && packet.Length > 20 && packet[0] >> 4 == 4)
            packet = packet[((packet[0] & 15) * 4)..];
        if (packet.Length < HeaderBytes || packet[0] != (_isV6 ? 129 : 0))
            return null;
        // On a datagram socket the kernel puts an identifier of its own, and gives only the answers to it.
        var isOurs = !isRaw || BinaryPrimitives.ReadUInt16BigEndian(packet[4..]) == _id;
        return isOurs ? BinaryPrimitives.ReadUInt16BigEndian(packet[6..]) : null;
    }

    // RFC 1071.
    private static ushort Checksum(ReadOnlySpan<byte> packet)
    {
        uint sum = 0;
        for (var i = 0; i < packet.Length; i += 2)
            sum += i + 1 < packet.Length ? BinaryPrimitives.ReadUInt16BigEndian(packet[i..]) : (uint)packet[i] << 8;
        while (sum >> 16 != 0)
            sum = (sum & 0xffff) + (sum >> 16);
        return (ushort)~sum;
    }
}
