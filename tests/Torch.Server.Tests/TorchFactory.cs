using System.Net.Http.Headers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Torch.EventStore;
using Torch.Testing;

namespace Torch.Server.Tests;

/// <summary>The real server on a free port of loopback, with a database of its own.</summary>
public sealed class TorchFactory : WebApplicationFactory<Program>
{
    private readonly TestDatabase _database;
    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly TimeProvider? _time;
    private ILoggerProvider? _logs;
    private bool _ownsDatabase = true;

    private TorchFactory(TestDatabase database, IReadOnlyDictionary<string, string> settings, TimeProvider? time)
    {
        (_database, _settings, _time) = (database, settings, time);
        UseKestrel(0);
    }

    /// <summary>Where the log can be looked into.</summary>
    public TestDatabase Database => _database;

    public static Task<TorchFactory> StartAsync(params (string Name, string Value)[] settings) =>
        StartAsync(null, settings);

    /// <param name="time">The server's clock; the machine's where null.</param>
    public static async Task<TorchFactory> StartAsync(TimeProvider? time, params (string Name, string Value)[] settings)
    {
        var scripts = SchemaScript.EmbeddedIn(typeof(TorchServer).Assembly);
        var database = await TestDatabase.CreateAsync(scripts);
        var factory = new TorchFactory(database, settings.ToDictionary(s => s.Name, s => s.Value), time);
        factory.StartServer();
        return factory;
    }

    /// <summary>A server that tells everything that it logs.</summary>
    public static async Task<TorchFactory> StartLoggedAsync(
        ILoggerProvider logs,
        params (string Name, string Value)[] settings
    )
    {
        var database = await TestDatabase.CreateAsync(SchemaScript.EmbeddedIn(typeof(TorchServer).Assembly));
        var factory = new TorchFactory(database, settings.ToDictionary(s => s.Name, s => s.Value), null)
        {
            _logs = logs,
        };
        factory.StartServer();
        return factory;
    }

    /// <summary>A further server on the database of another, which it leaves behind.</summary>
    public static Task<TorchFactory> StartBesideAsync(TorchFactory other, params (string Name, string Value)[] settings)
    {
        var factory = new TorchFactory(other._database, settings.ToDictionary(s => s.Name, s => s.Value), null)
        {
            _ownsDatabase = false,
        };
        factory.StartServer();
        return Task.FromResult(factory);
    }

    /// <summary>A client that follows no redirect, keeps no cookie and sends a key where one is given.</summary>
    public HttpClient Client(string? key = null)
    {
        var handler = new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false };
        var client = new HttpClient(handler) { BaseAddress = ClientOptions.BaseAddress };
        if (key is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_ownsDatabase)
            await _database.DisposeAsync();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        // TORCH_TEST_LOGS=1 shows what the server says of a failing test.
        if (Environment.GetEnvironmentVariable("TORCH_TEST_LOGS") is null)
            builder.ConfigureLogging(logging => logging.ClearProviders());
        if (_logs is not null)
            builder.ConfigureLogging(logging =>
                logging.SetMinimumLevel(LogLevel.Trace).AddFilter(null, LogLevel.Trace).AddProvider(_logs)
            );
        if (_time is not null)
            builder.ConfigureTestServices(services => services.AddSingleton(_time));
        builder.UseSetting("POSTGRES", _database.ConnectionString);
        builder.UseSetting("ENVIRONMENT", "Production");
        foreach (var (name, value) in _settings)
            builder.UseSetting(name, value);
    }
}

/// <summary>One server with an admin key for the tests of a class.</summary>
public sealed class KeyedFixture : IAsyncLifetime
{
    public const string Key = "0123456789abcdef0123456789abcdef";

    public TorchFactory Torch { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Torch = await TorchFactory.StartAsync(("ADMIN_KEY", Key));

    public ValueTask DisposeAsync() => Torch.DisposeAsync();
}

/// <summary>One server for the tests of a class.</summary>
public sealed class TorchFixture : IAsyncLifetime
{
    public TorchFactory Torch { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Torch = await TorchFactory.StartAsync();
        Client = Torch.Client();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Torch.DisposeAsync();
    }
}
