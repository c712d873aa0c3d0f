using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Torch.Probes.Tests;

/// <summary>A small name server on one port of UDP and TCP, which answers every question as told.</summary>
internal sealed class DnsServer : IAsyncDisposable
{
    private readonly Socket _udp = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly TestListener _tcp;
    private readonly Func<string, int, bool, byte[]?> _answer;
    private readonly CancellationTokenSource _over = new();
    private readonly Task _loop;

    /// <param name="answer">From name, type and whether it came by TCP to the message after the id; null for silence.</param>
    public DnsServer(Func<string, int, bool, byte[]?> answer)
    {
        _answer = answer;
        _tcp = TestListener.Talking(ServeAsync);
        _udp.Bind(new IPEndPoint(IPAddress.Loopback, _tcp.Port));
        _loop = ListenAsync();
    }

    public int Port => _tcp.Port;
    public int Asked { get; private set; }

    /// <summary>A message without its id: flags, the question again, records.</summary>
    public static byte[] Message(
        string name,
        int type,
        int rcode,
        bool isCut,
        params (int Type, int Ttl, byte[] Data)[] records
    )
    {
        var message = new List<byte>
        {
            (byte)(0x81 | (isCut ? 2 : 0)),
            (byte)(0x80 | rcode),
            0,
            1,
            0,
            (byte)records.Length,
        };
        message.AddRange([0, 0, 0, 0, .. Name(name), (byte)(type >> 8), (byte)type, 0, 1]);
        foreach (var (kind, ttl, data) in records)
        {
            var head = new byte[10];
            BinaryPrimitives.WriteUInt16BigEndian(head, (ushort)kind);
            head[3] = 1;
            BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), ttl);
            BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(8), (ushort)data.Length);
            // A pointer to the question's name, as every server compresses it.
            message.AddRange([0xc0, 12, .. head, .. data]);
        }
        return [.. message];
    }

    public static byte[] Name(string name) =>
        [
            .. name.Split('.', StringSplitOptions.RemoveEmptyEntries)
                .SelectMany(l => (byte[])[(byte)l.Length, .. Encoding.ASCII.GetBytes(l)]),
            0,
        ];

    public async ValueTask DisposeAsync()
    {
        if (_loop.IsCompleted)
            return;
        await _over.CancelAsync();
        await _loop;
        await _tcp.DisposeAsync();
        _udp.Dispose();
        _over.Dispose();
    }

    private async Task ListenAsync()
    {
        var buffer = new byte[4096];
        try
        {
            while (true)
            {
                var from = new IPEndPoint(IPAddress.Any, 0);
                var got = await _udp.ReceiveFromAsync(buffer, SocketFlags.None, from, _over.Token);
                if (Answer(buffer.AsSpan(0, got.ReceivedBytes), overTcp: false) is { } answer)
                    await _udp.SendToAsync(answer, SocketFlags.None, got.RemoteEndPoint, _over.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Over.
        }
    }

    private async Task ServeAsync(Dialogue dialogue)
    {
        var length = BinaryPrimitives.ReadUInt16BigEndian(await dialogue.HearAsync(2));
        if (Answer(await dialogue.HearAsync(length), overTcp: true) is { } answer)
            await dialogue.SayAsync([(byte)(answer.Length >> 8), (byte)answer.Length, .. answer]);
    }

    private byte[]? Answer(ReadOnlySpan<byte> question, bool overTcp)
    {
        Asked++;
        var (at, name) = (12, new StringBuilder());
        for (; question[at] != 0; at += 1 + question[at])
            name.Append(name.Length > 0 ? "." : "")
                .Append(Encoding.ASCII.GetString(question.Slice(at + 1, question[at])));
        var answer = _answer(name.ToString(), BinaryPrimitives.ReadUInt16BigEndian(question[(at + 1)..]), overTcp);
        return answer is null ? null : [question[0], question[1], .. answer];
    }
}
