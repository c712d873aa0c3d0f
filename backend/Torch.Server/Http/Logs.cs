namespace Torch.Server.Http;

/// <summary>The log format of the server and of whatever runs beside it.</summary>
public static class Logs
{
    /// <summary>One line of JSON per entry where output is collected, readable lines at a terminal.</summary>
    public static void AddStructuredLogs(this ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Npgsql", LogLevel.Warning);
        // Each refused key would be two lines; refusals are answers, not events of the server.
        logging.AddFilter("Torch.Server.Auth", LogLevel.Warning);
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
        if (Console.IsOutputRedirected)
            logging.AddJsonConsole(o =>
            {
                o.UseUtcTimestamp = true;
                o.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            });
        else
            logging.AddSimpleConsole(o =>
            {
                o.SingleLine = true;
                o.TimestampFormat = "HH:mm:ss ";
            });
    }
}
