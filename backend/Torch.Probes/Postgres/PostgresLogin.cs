using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Torch.Contracts;

namespace Torch.Probes.Postgres;

/// <summary>From the first message of a session until the server is ready for a query.</summary>
internal sealed class PostgresLogin(PostgresSettings settings, PostgresWire wire, bool isEncrypted)
{
    private const int Version = 196608;

    private string Password => settings.Password ?? "";

    /// <exception cref="ProbeFault">The server does not let it in.</exception>
    public async Task PerformAsync(CancellationToken cancellationToken)
    {
        var version = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(version, Version);
        var database = settings.Database ?? settings.User;
        var parameters = PostgresWire.Texts(
            "user",
            settings.User,
            "database",
            database,
            "application_name",
            "torch",
            "client_encoding",
            "UTF8",
            ""
        );
        await wire.SendAsync(null, [.. version, .. parameters], cancellationToken);
        Scram? scram = null;
        for (var (type, body) = await wire.ReceiveAsync(cancellationToken); type != 'Z'; )
        {
            if (type == 'E')
                throw PostgresError.Fault(body);
            if (type == 'R')
                scram = await ProveAsync(body, scram, cancellationToken);
            (type, body) = await wire.ReceiveAsync(cancellationToken);
        }
    }

    private async Task<Scram?> ProveAsync(byte[] body, Scram? scram, CancellationToken cancellationToken)
    {
        if (body.Length < 4)
            throw new ProbeFault(Causes.Protocol, "The answer is not PostgreSQL's protocol.");
        var rest = body[4..];
        switch (BinaryPrimitives.ReadInt32BigEndian(body))
        {
            case 0:
                return scram;
            case 3:
                await SendPasswordAsync(isEncrypted ? Password : throw InTheClear(), cancellationToken);
                return null;
            case 5:
                await SendPasswordAsync(Md5(rest), cancellationToken);
                return null;
            case 10:
                scram = Scram.Begin(Encoding.ASCII.GetString(rest).Split('\0'));
                await wire.SendAsync('p', scram.First(), cancellationToken);
                return scram;
            case 11 when scram is not null:
                await wire.SendAsync('p', scram.Answer(Encoding.UTF8.GetString(rest), Password), cancellationToken);
                return scram;
            case 12 when scram is not null:
                scram.Verify(Encoding.UTF8.GetString(rest));
                return scram;
            default:
                throw new ProbeFault(Causes.Login, "PostgreSQL asks for a kind of login that Torch does not have.");
        }
    }

    private Task SendPasswordAsync(string password, CancellationToken cancellationToken) =>
        wire.SendAsync('p', PostgresWire.Texts(password), cancellationToken);

    private static ProbeFault InTheClear() =>
        new(Causes.Login, "PostgreSQL asks for the password in the clear, which Torch sends over TLS only.");

    // "md5" and md5(md5(password, user), salt): the protocol's own, weak as it is.
    private string Md5(byte[] salt) =>
        "md5" + Hex([.. Encoding.ASCII.GetBytes(Hex(Encoding.UTF8.GetBytes(Password + settings.User))), .. salt]);

#pragma warning disable CA5351 // The server chooses it; without it Torch could not ask servers that have not moved on.
    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));
#pragma warning restore CA5351
}
