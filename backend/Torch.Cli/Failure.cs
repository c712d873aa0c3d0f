using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Npgsql;
using Torch.Cli.Client;
using Torch.Cli.Serving;
using Torch.Cli.Settings;
using Torch.EventStore;
using Torch.EventStore.Chaining;
using Torch.EventStore.Copying;
using Torch.EventStore.Embedded;
using Torch.EventStore.Replaying;
using Torch.Server;

namespace Torch.Cli;

/// <summary>An end that was not wanted, in one line for people.</summary>
internal sealed record Failure(int ExitCode, string Line)
{
    /// <summary>What to say of an exception; null where nobody foresaw it and its stack is worth seeing.</summary>
    public static Failure? Of(Exception exception) =>
        exception switch
        {
            SettingException => new(ExitCodes.Settings, exception.Message),
            DataDirectoryException => new(ExitCodes.DataDirectory, exception.Message),
            EmbeddedPostgresException => new(ExitCodes.Database, exception.Message),
            StartRefusedException { InnerException: NpgsqlException or null } refused => Refused(refused),
            StartRefusedException => new(ExitCodes.Database, exception.Message),
            LogCopyException or ReplayException => new(ExitCodes.Failed, exception.Message),
            SchemaException => new(ExitCodes.Database, exception.Message),
            JournalKeyException => new(ExitCodes.Settings, exception.Message),
            PostgresException { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName } =>
                new(
                    ExitCodes.Database,
                    "the database holds no log of this version of Torch: start torch serve on it once"
                ),
            PostgresException refused => new(
                ExitCodes.Database,
                $"PostgreSQL refuses ({refused.SqlState}): {refused.MessageText}"
            ),
            NpgsqlException away => new(ExitCodes.Database, "PostgreSQL cannot be reached: " + away.Message),
            ServerAnswerException => new(ExitCodes.Server, exception.Message),
            AddressInUseException => new(ExitCodes.Address, "the address is in use by another program"),
            SocketException socket => new(ExitCodes.Address, $"the address cannot be listened on: {socket.Message}"),
            IOException { InnerException: AddressInUseException } => new(ExitCodes.Address, Busy(exception.Message)),
            IOException { InnerException: SocketException } => new(ExitCodes.Address, exception.Message),
            AggregateException { InnerException: { } inner } => Of(inner),
            _ => null,
        };

    // BindGuard refuses without a cause, before anything was tried; the database's refusals speak of PostgreSQL.
    private static Failure Refused(StartRefusedException refused) =>
        refused.Message.StartsWith("PostgreSQL", StringComparison.Ordinal)
            ? new(ExitCodes.Database, refused.Message)
            : new(ExitCodes.Settings, refused.Message);

    // "Failed to bind to address http://127.0.0.1:8080: address already in use."
    private static string Busy(string message) =>
        message.Split(' ').FirstOrDefault(word => word.Contains("://", StringComparison.Ordinal)) is { } url
            ? $"{url.TrimEnd(':', '.')} is in use by another program: stop it, or choose another address with --urls"
            : "the address is in use by another program: stop it, or choose another with --urls";
}
