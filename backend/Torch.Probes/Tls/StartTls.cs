using System.Text.RegularExpressions;
using Torch.Probes.Net;

namespace Torch.Probes.Tls;

/// <summary>How each protocol asks for encryption on a connection that began in the clear.</summary>
internal static class StartTls
{
    // RFC 4511, 4.14: an extended request (0x77) with the name 1.3.6.1.4.1.1466.20037, message 1.
    private static readonly byte[] LdapRequest =
    [
        .. (byte[])[0x30, 0x1d, 0x02, 0x01, 0x01, 0x77, 0x18, 0x80, 0x16],
        .. "1.3.6.1.4.1.1466.20037"u8,
    ];

    // "SSLRequest" of the PostgreSQL protocol: its length and the number 80877103.
    internal static readonly byte[] PostgresRequest = [0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f];

    /// <param name="protocol">Null for none.</param>
    /// <exception cref="ProbeFault">The target does not offer it.</exception>
    public static Task AskAsync(string? protocol, Conversation with, CancellationToken cancellationToken) =>
        protocol switch
        {
            null => Task.CompletedTask,
            "smtp" => SmtpAsync(with, cancellationToken),
            "imap" => LinesAsync(with, @"^\* .*\n", "a1 STARTTLS", @"^a1 .*\n", "a1 OK", cancellationToken),
            "pop3" => LinesAsync(with, @"^\+OK.*\n", "STLS", @"^(\+OK|-ERR).*\n", "+OK", cancellationToken),
            "ftp" => LinesAsync(with, @"^220 .*\n", "AUTH TLS", @"^[0-9]{3} .*\n", "234", cancellationToken),
            "ldap" => LdapAsync(with, cancellationToken),
            "postgres" => PostgresAsync(with, cancellationToken),
            _ => throw ProbeFault.Local($"StartTLS is not known for {protocol}."),
        };

    private static async Task SmtpAsync(Conversation with, CancellationToken cancellationToken)
    {
        await with.ExpectAsync(Pattern(@"^220 .*\n"), cancellationToken);
        await with.SendLineAsync("EHLO torch", cancellationToken);
        await AnswerAsync(with, @"^[0-9]{3} .*\n", "250", cancellationToken);
        await with.SendLineAsync("STARTTLS", cancellationToken);
        await AnswerAsync(with, @"^[0-9]{3} .*\n", "220", cancellationToken);
    }

    private static async Task LinesAsync(
        Conversation with,
        string greeting,
        string command,
        string answer,
        string good,
        CancellationToken cancellationToken
    )
    {
        await with.ExpectAsync(Pattern(greeting), cancellationToken);
        await with.SendLineAsync(command, cancellationToken);
        await AnswerAsync(with, answer, good, cancellationToken);
    }

    private static async Task AnswerAsync(
        Conversation with,
        string answer,
        string good,
        CancellationToken cancellationToken
    )
    {
        var line = await with.ExpectAsync(Pattern(answer), cancellationToken);
        if (!line.StartsWith(good, StringComparison.OrdinalIgnoreCase))
            throw Refused($"it answered \"{line.Trim()}\"");
    }

    // The answer is one short message: 0x30, its length, and somewhere inside an extended response (0x78) whose result code comes first.
    private static async Task LdapAsync(Conversation with, CancellationToken cancellationToken)
    {
        await with.SendAsync(LdapRequest, cancellationToken);
        var start = await with.ReadAsync(2, cancellationToken);
        if (start[0] != 0x30 || start[1] is < 8 or > 0x7f)
            throw new ProbeFault(Causes.Protocol, "The answer is not valid LDAP.");
        var message = await with.ReadAsync(start[1], cancellationToken);
        if (message is not [0x02, 0x01, 0x01, 0x78, _, 0x0a, 0x01, 0x00, ..])
            throw Refused("its answer is not success");
    }

    private static async Task PostgresAsync(Conversation with, CancellationToken cancellationToken)
    {
        await with.SendAsync(PostgresRequest, cancellationToken);
        if ((await with.ReadAsync(1, cancellationToken))[0] != (byte)'S')
            throw Refused("it has TLS switched off");
    }

    private static Regex Pattern(string text) => Patterns.Of(text, RegexOptions.Multiline)!;

    private static ProbeFault Refused(string how) => new(Causes.Tls, $"The target does not start TLS: {how}.");
}
