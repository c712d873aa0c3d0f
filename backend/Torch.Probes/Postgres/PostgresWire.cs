using System.Buffers.Binary;
using System.Text;
using Torch.Probes.Net;

namespace Torch.Probes.Postgres;

/// <summary>
/// Messages of PostgreSQL's protocol, version 3. Torch speaks the little that a probe needs itself: so the address is the one that policy has
/// allowed, the phases can be timed, and a hostile server cannot make it take more than <see cref="MaxMessage"/>.
/// </summary>
internal sealed class PostgresWire(Stream stream)
{
    /// <summary>Of what a server may send in all before its answer is complete.</summary>
    public const int MaxMessage = 1024 * 1024;

    private readonly byte[] _head = new byte[5];
    private long _received;

    /// <param name="type">Absent for the first message only.</param>
    public async Task SendAsync(char? type, byte[] body, CancellationToken cancellationToken)
    {
        var head = type is null ? 0 : 1;
        var message = new byte[head + 4 + body.Length];
        if (type is { } letter)
            message[0] = (byte)letter;
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(head), 4 + body.Length);
        body.CopyTo(message.AsSpan(head + 4));
        await stream.WriteAsync(message, cancellationToken);
    }

    /// <exception cref="ProbeFault">It is no message, or one beyond the limit.</exception>
    public async Task<(char Type, byte[] Body)> ReceiveAsync(CancellationToken cancellationToken)
    {
        await FillAsync(_head, cancellationToken);
        var length = BinaryPrimitives.ReadInt32BigEndian(_head.AsSpan(1)) - 4;
        _received += Math.Max(0, length);
        if (length < 0 || _received > MaxMessage)
            throw new ProbeFault(
                Causes.Protocol,
                "The target sends what is not PostgreSQL's protocol, or more than 1 MiB."
            );
        var body = new byte[length];
        await FillAsync(body, cancellationToken);
        return ((char)_head[0], body);
    }

    /// <summary>Texts, each with the zero that ends it.</summary>
    public static byte[] Texts(params string[] texts) =>
        [.. texts.SelectMany(t => (byte[])[.. Encoding.UTF8.GetBytes(t), 0])];

    private async Task FillAsync(byte[] bytes, CancellationToken cancellationToken)
    {
        if (
            await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken)
            < bytes.Length
        )
            throw Faults.ClosedEarly();
    }
}
