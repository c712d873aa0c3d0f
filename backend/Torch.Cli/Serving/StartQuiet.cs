using Microsoft.Extensions.Logging;

namespace Torch.Cli.Serving;

/// <summary>
/// Until Torch is up, the host's own error ("Hosting failed to start", with a stack) stays out of the log: the one line on standard
/// error says the same for people. Afterwards the host logs as it likes.
/// </summary>
internal sealed class StartQuiet
{
    private volatile bool _isUp;

    public void Up() => _isUp = true;

    public void Apply(ILoggingBuilder logging)
    {
        // The welcome says it better than the host's "Now listening on".
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        logging.AddFilter(
            "Microsoft.Extensions.Hosting.Internal.Host",
            level => level > LogLevel.Error || (_isUp && level >= LogLevel.Warning)
        );
    }
}
