using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Torch.Cli.Settings;
using Torch.Cli.Simulating;
using Torch.EventStore.Embedded;
using Torch.Server;

namespace Torch.Cli.Serving;

/// <summary>
/// The whole of Torch in one process, from the bottom up: data directory, PostgreSQL, server, agent. It stops the other way round,
/// so that the agent's last results are stored before the server leaves, and PostgreSQL goes last.
/// </summary>
internal static class TorchProcess
{
    /// <returns>An exit code, once it was asked to stop and has stopped.</returns>
    public static async Task<int> RunAsync(
        ServeSettings settings,
        ParseResult parsed,
        CancellationToken cancellationToken
    )
    {
        TorchServer.Check(settings.Server);
        using var data = DataDirectory.Open(settings.Data);
        using var logs = LoggerFactory.Create(ServeLogs.Configure);
        await using var postgres = await StartPostgresAsync(settings, data, logs, cancellationToken);
        var options = settings.Server with { Postgres = postgres?.ConnectionString ?? settings.Postgres! };
        var quiet = new StartQuiet();
        await using var app = TorchServer.Build(
            options,
            services => Add(services, settings, quiet, parsed.LevelOr(LogLevel.Information), data.Spool)
        );
        await StartAsync(app, cancellationToken);
        quiet.Up();
        await using var demo = settings.Demo ? await StartDemoAsync(app, cancellationToken) : null;
        using var manager = ServiceManager.Notified(parsed.Terminal().Variable);
        var welcome = new Welcome(
            Address(app),
            data.Root,
            Describe(postgres),
            await app.SetupTokenAsync(cancellationToken)
        );
        await parsed.SayAsync(welcome.Facts, welcome.Text);
        await app.WaitForShutdownAsync(cancellationToken);
        return ExitCodes.Success;
    }

    private static async Task StartAsync(WebApplication app, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            // What has begun ends before what it works on is disposed of; why it could not start matters more than how it stopped.
            await app.StopAsync(CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    // What listens everywhere is reached on loopback.
    private static Task<Demo> StartDemoAsync(WebApplication app, CancellationToken cancellationToken)
    {
        var address = new UriBuilder(Address(app));
        if (address.Host is "0.0.0.0" or "[::]")
            address.Host = "127.0.0.1";
        return Demo.StartAsync(address.Uri.ToString().TrimEnd('/'), app.OwnKey(), cancellationToken);
    }

    // Registered last, the agent starts last and stops first.
    private static void Add(
        IServiceCollection services,
        ServeSettings settings,
        StartQuiet quiet,
        LogLevel level,
        string spool
    )
    {
        services.AddLogging(logging => logging.SetMinimumLevel(level));
        services.AddLogging(quiet.Apply);
        services.AddInProcessAgent(settings.Targets, settings.Work, spool);
    }

    private static async Task<EmbeddedPostgres?> StartPostgresAsync(
        ServeSettings settings,
        DataDirectory data,
        ILoggerFactory logs,
        CancellationToken cancellationToken
    )
    {
        if (settings.Postgres is not null)
            return null;
        var options = new EmbeddedPostgresOptions
        {
            DataDirectory = data.Postgres,
            BinDirectory = settings.PostgresBin,
        };
        return await EmbeddedPostgres.StartAsync(
            options,
            TimeProvider.System,
            logs.CreateLogger<EmbeddedPostgres>(),
            cancellationToken
        );
    }

    private static string Address(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    private static string Describe(EmbeddedPostgres? postgres) =>
        postgres is null ? "PostgreSQL, as --postgres says" : $"PostgreSQL {postgres.Binaries.Major}, run by Torch";
}
