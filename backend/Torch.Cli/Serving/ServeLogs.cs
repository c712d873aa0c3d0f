using Microsoft.Extensions.Logging;
using Torch.Server.Http;

namespace Torch.Cli.Serving;

/// <summary>The server's log format, for what runs before the server and after it.</summary>
internal static class ServeLogs
{
    public static void Configure(ILoggingBuilder logging) => logging.AddStructuredLogs();
}
