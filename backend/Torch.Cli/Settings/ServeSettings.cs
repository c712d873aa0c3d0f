using System.Net;
using Npgsql;
using Torch.Cli.Serving;
using Torch.Probes;
using Torch.Server;
using Torch.Server.Auth;
using Torch.Server.Retaining;

namespace Torch.Cli.Settings;

/// <summary>What <c>torch serve</c> runs with.</summary>
/// <param name="Data">The full path of the data folder.</param>
/// <param name="Postgres">A connection string, or null for the embedded server.</param>
/// <param name="PostgresBin">Where its programs are, or null to look for them.</param>
/// <param name="Targets">Which addresses its own agent may probe.</param>
/// <param name="Work">How that agent works.</param>
/// <param name="Demo">Simulated devices come along.</param>
/// <param name="Server">The server's part; its connection string is known only once PostgreSQL runs.</param>
public sealed record ServeSettings(
    string Data,
    string? Postgres,
    string? PostgresBin,
    AddressPolicy Targets,
    AgentWork Work,
    bool Demo,
    TorchOptions Server
)
{
    /// <exception cref="SettingException">A value makes no sense.</exception>
    public static ServeSettings From(SettingLayers layers)
    {
        var defaults = new TorchOptions();
        var data = Path.GetFullPath(layers[Setting.Data] ?? Places.Data());
        var server = new TorchOptions
        {
            Urls = layers.List(Setting.Urls) ?? defaults.Urls,
            AdminKey = layers[Setting.AdminKey],
            SpaRoot = layers[Setting.Spa] ?? Places.WebApp(),
            Vite = layers[Setting.Vite],
            Workspace = layers[Setting.Workspace] ?? defaults.Workspace,
            BehindProxy = layers.IsOn(Setting.BehindProxy),
            JournalKey = Path.GetFullPath(layers[Setting.JournalKey] ?? Places.JournalKey(data)),
            PublicUrl = PublicUrl(layers),
            OtlpEndpoint = Collector(layers),
            OwnMetrics = OwnMetrics(layers),
            AllowPrivateTargets = Policy(layers).AllowPrivate,
            Demo = layers.IsOn(Setting.Demo),
            Provider = SignInProvider.From(layers.OAuth),
            SecretKeys = Path.GetFullPath(layers[Setting.SecretKeys] ?? Places.SecretKeys(data)),
            Retention = Retention(layers),
            V1Anonymous = [.. (layers.List(Setting.V1Anonymous) ?? []).Select(Network)],
        };
        return new ServeSettings(
            data,
            Connection(layers[Setting.Postgres]),
            layers[Setting.PostgresBin],
            Policy(layers),
            AgentWork.From(layers),
            layers.IsOn(Setting.Demo),
            server
        );
    }

    /// <summary>Which addresses an agent may probe.</summary>
    /// <exception cref="SettingException">A value makes no sense.</exception>
    public static AddressPolicy Policy(SettingLayers layers) =>
        new(AllowPrivate: layers.IsOn(Setting.AllowPrivateTargets, byDefault: true));

    private static string? PublicUrl(SettingLayers layers)
    {
        try
        {
            return layers[Setting.PublicUrl] is { } url ? TorchOptions.PublicAddress(url) : null;
        }
        catch (StartRefusedException refused)
        {
            throw new SettingException(refused.Message);
        }
    }

    /// <summary>Where traces and metrics go by OTLP; null for nowhere.</summary>
    /// <exception cref="SettingException">It is no address.</exception>
    public static string? Collector(SettingLayers layers)
    {
        try
        {
            return TorchOptions.Collector(layers[Setting.OtlpEndpoint], layers.Variable);
        }
        catch (StartRefusedException refused)
        {
            throw new SettingException(refused.Message);
        }
    }

    private static TimeSpan? OwnMetrics(SettingLayers layers)
    {
        try
        {
            return TorchOptions.Every(layers[Setting.OwnMetrics] ?? "60s");
        }
        catch (StartRefusedException refused)
        {
            throw new SettingException(refused.Message);
        }
    }

    private static RetentionPolicy Retention(SettingLayers layers)
    {
        try
        {
            return RetentionPolicy.Parse(
                layers[Setting.Retention],
                layers[Setting.RetentionSize],
                layers[Setting.Archive],
                layers[Setting.LateWindow]
            );
        }
        catch (StartRefusedException refused)
        {
            throw new SettingException(refused.Message);
        }
    }

    private static IPNetwork Network(string text) =>
        IPNetwork.TryParse(text, out var network)
            ? network
            : throw new SettingException($"{Setting.V1Anonymous.Flag}: \"{text}\" is no network such as 10.0.0.0/8");

    private static string? Connection(string? text)
    {
        try
        {
            return text is null ? null : new NpgsqlConnectionStringBuilder(text).ConnectionString;
        }
        catch (ArgumentException)
        {
            // Its own message may repeat the text, and a password with it.
            throw new SettingException(
                $"{Setting.Postgres.Flag} is no connection string such as \"Host=db;Username=torch;Password=...;Database=torch\""
            );
        }
    }
}
