using System.Globalization;
using System.Net;
using Torch.Contracts.Json;
using Torch.Server.Auth;
using Torch.Server.Retaining;

namespace Torch.Server;

/// <summary>The server's settings. <see cref="Read"/> takes them from flags, environment and a JSON file; the CLI fills them in itself.</summary>
public sealed record TorchOptions
{
    /// <summary>Where to listen, <c>http://127.0.0.1:8080</c> by default. Port 0 takes a free one.</summary>
    public IReadOnlyList<string> Urls { get; init; } = ["http://127.0.0.1:8080"];

    /// <summary>Npgsql's connection string of the database.</summary>
    public string Postgres { get; init; } = "";

    /// <summary>The preset admin key, at least 32 characters. Without it Torch listens on loopback only and asks nobody for a key.</summary>
    public string? AdminKey { get; init; }

    /// <summary>The folder of the built web app.</summary>
    public string? SpaRoot { get; init; }

    /// <summary>The address of a running Vite, in development: the web app is fetched from there.</summary>
    public string? Vite { get; init; }

    /// <summary>The name shown beside the brand.</summary>
    public string Workspace { get; init; } = "Torch";

    /// <summary>True behind a proxy that ends TLS and sets the X-Forwarded headers; they are believed from the direct peer.</summary>
    public bool BehindProxy { get; init; }

    /// <summary>Networks that may post Torch v1's reports without a key, besides loopback.</summary>
    public IReadOnlyList<IPNetwork> V1Anonymous { get; init; } = [];

    /// <summary>The PEM file of the key that signs the journal's chain, made on first start. Without it the chain stays unsigned.</summary>
    public string? JournalKey { get; init; }

    /// <summary>Where people reach Torch, for the links in notices; the first of <see cref="Urls"/> where absent.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>Where traces and metrics go by OTLP, such as <c>http://collector:4318</c>; nowhere where absent.</summary>
    public string? OtlpEndpoint { get; init; }

    /// <summary>Whether messages may go to loopback and private networks, as with probes: a deployment's setting. Link-local and metadata addresses never.</summary>
    public bool AllowPrivateTargets { get; init; } = true;

    /// <summary>The folder of the keys that secrets are encrypted with, made on first start. Without it they can be read until Torch stops.</summary>
    public string? SecretKeys { get; init; }

    /// <summary>True lets <c>demo</c> in with the password <c>demo</c>.</summary>
    public bool Demo { get; init; }

    /// <summary>Who else says who somebody is; null for nobody.</summary>
    public SignInProvider? Provider { get; init; }

    /// <summary>Nobody reaches it from another machine, unless through a proxy.</summary>
    internal bool IsLoopback => !BehindProxy && Urls.All(u => BindGuard.IsLoopback(BindingAddress.Parse(u).Host));

    /// <summary>What stored log lines may come to, in bytes; beyond it the oldest go.</summary>
    public long LogBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>How often this server writes its own figures into the log, 10 seconds to an hour; null for never, and nothing else of itself either.</summary>
    public TimeSpan? OwnMetrics { get; init; }

    /// <summary>How long observations are kept.</summary>
    public RetentionPolicy Retention { get; init; } = RetentionPolicy.Default;

    /// <summary>Reads <c>--name value</c>, then <c>TORCH_NAME</c>, then <c>torch.json</c> of the working directory.</summary>
    /// <exception cref="StartRefusedException">A setting makes no sense.</exception>
    public static TorchOptions Read(string[] args)
    {
        var settings = new ConfigurationBuilder()
            .AddJsonFile(Path.GetFullPath("torch.json"), optional: true)
            .AddEnvironmentVariables("TORCH_")
            .AddCommandLine(args, Switches)
            .Build();
        return From(settings);
    }

    // One table for all spellings: the environment says ADMIN_KEY where the command line says --admin-key.
    private static readonly Dictionary<string, string> Switches = new()
    {
        ["--admin-key"] = "ADMIN_KEY",
        ["--spa-root"] = "SPA_ROOT",
        ["--behind-proxy"] = "BEHIND_PROXY",
        ["--v1-anonymous"] = "V1_ANONYMOUS",
        ["--journal-key"] = "JOURNAL_KEY",
        ["--secret-keys"] = "SECRET_KEYS",
        ["--retention-size"] = "RETENTION_SIZE",
        ["--late-window"] = "LATE_WINDOW",
        ["--public-url"] = "PUBLIC_URL",
        ["--otlp-endpoint"] = "OTLP_ENDPOINT",
        ["--own-metrics"] = "OWN_METRICS",
        ["--allow-private-targets"] = "ALLOW_PRIVATE_TARGETS",
    };

    private static TorchOptions From(IConfiguration settings)
    {
        var defaults = new TorchOptions();
        return new TorchOptions
        {
            Urls = settings["URLS"] is { Length: > 0 } urls ? List(urls) : defaults.Urls,
            Postgres = settings["POSTGRES"] ?? "",
            AdminKey = settings["ADMIN_KEY"] is { Length: > 0 } key ? key : null,
            SpaRoot = settings["SPA_ROOT"],
            Vite = settings["VITE"],
            Workspace = settings["WORKSPACE"] is { Length: > 0 } name ? name : defaults.Workspace,
            BehindProxy = Flag(settings["BEHIND_PROXY"]),
            JournalKey = settings["JOURNAL_KEY"] is { Length: > 0 } file ? file : null,
            PublicUrl = settings["PUBLIC_URL"] is { Length: > 0 } url ? PublicAddress(url) : null,
            OtlpEndpoint = Collector(settings["OTLP_ENDPOINT"], Environment.GetEnvironmentVariable),
            AllowPrivateTargets = settings["ALLOW_PRIVATE_TARGETS"] is not { Length: > 0 } allowed || Flag(allowed),
            OwnMetrics = settings["OWN_METRICS"] is { Length: > 0 } every ? Every(every) : null,
            Demo = Flag(settings["DEMO"]),
            Provider = SignInProvider.From(name => settings["OAUTH_" + name]),
            SecretKeys = settings["SECRET_KEYS"] is { Length: > 0 } folder ? folder : null,
            V1Anonymous = [.. List(settings["V1_ANONYMOUS"] ?? "").Select(Network)],
            Retention = RetentionPolicy.Parse(
                settings["RETENTION"],
                settings["RETENTION_SIZE"],
                settings["ARCHIVE"],
                settings["LATE_WINDOW"]
            ),
        };
    }

    private static string[] List(string text) =>
        text.Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>An address for people, without the slash at its end.</summary>
    /// <exception cref="StartRefusedException">It is none.</exception>
    public static string PublicAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https")
            ? text.TrimEnd('/')
            : throw new StartRefusedException($"--public-url: \"{text}\" is no address such as https://torch.example");

    /// <summary>Where traces and metrics go: as was said to Torch, or as OpenTelemetry's own variables say.</summary>
    /// <exception cref="StartRefusedException">It is no address.</exception>
    public static string? Collector(string? said, Func<string, string?> environment)
    {
        if (string.Equals(environment("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase))
            return null;
        if (said is not { Length: > 0 } && (said = environment("OTEL_EXPORTER_OTLP_ENDPOINT")) is not { Length: > 0 })
            return null;
        return Uri.TryCreate(said, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https")
            ? said.TrimEnd('/')
            : throw new StartRefusedException(
                $"--otlp-endpoint: \"{said}\" is no address such as http://collector:4318"
            );
    }

    /// <summary>Reads how often a server measures itself: <c>60s</c>, <c>5m</c>, <c>PT1M</c>, or null for <c>off</c>.</summary>
    /// <exception cref="StartRefusedException">It is none of them, or out of 10 seconds to an hour.</exception>
    public static TimeSpan? Every(string text) =>
        text == "off" ? null
        : Span(text) is { TotalSeconds: >= 10 and <= 3600 } every ? every
        : throw new StartRefusedException(
            $"--own-metrics: \"{text}\" is no time from 10 seconds to an hour, such as 60s or 5m, nor off"
        );

    private static TimeSpan? Span(string text)
    {
        if (Iso8601DurationConverter.TryParse(text.ToUpperInvariant(), out var span))
            return span;
        if (
            !int.TryParse(
                text.AsSpan(0, text.Length - 1),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var number
            )
        )
            return null;
        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            _ => null,
        };
    }

    private static bool Flag(string? text) => text is "1" or "" || (bool.TryParse(text, out var flag) && flag);

    private static IPNetwork Network(string text) =>
        IPNetwork.TryParse(text, out var network)
            ? network
            : throw new StartRefusedException($"--v1-anonymous: \"{text}\" is not a network such as 10.0.0.0/8");
}

/// <summary>Torch will not start like this. The message is one line for people.</summary>
public sealed class StartRefusedException(string message, Exception? inner = null) : Exception(message, inner);
