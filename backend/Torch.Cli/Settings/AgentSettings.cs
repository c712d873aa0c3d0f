using System.Globalization;
using Torch.Agent.Connection;
using Torch.Agent.Export;
using Torch.Agent.Spool;
using Torch.Cli.Serving;
using Torch.Probes;

namespace Torch.Cli.Settings;

/// <summary>What <c>torch agent</c> runs with.</summary>
/// <param name="Data">The full path of its data folder.</param>
/// <param name="Targets">Which addresses it may probe.</param>
/// <param name="OtlpEndpoint">Where traces and metrics go by OTLP; null for nowhere.</param>
internal sealed record AgentSettings(
    string Data,
    ServerAddress Server,
    SpoolOptions Spool,
    ExportPacing Pacing,
    AddressPolicy Targets,
    AgentWork Work,
    string? OtlpEndpoint
)
{
    /// <exception cref="SettingException">A value is missing or makes no sense.</exception>
    public static AgentSettings From(SettingLayers layers)
    {
        var data = Path.GetFullPath(layers[Setting.Data] ?? Path.Combine(Places.Data(), "agent"));
        return new AgentSettings(
            data,
            Address(layers),
            new SpoolOptions(Path.Combine(data, "spool.db"))
            {
                MaxBytes = Bytes(layers),
                // A commit costs the disk a flush, and what is recorded does not leave before a second has passed.
                Gather = TimeSpan.FromMilliseconds(200),
            },
            new ExportPacing
            {
                BatchSize = (int)Number(layers, Setting.ExportBatch, 1_000, 1, 5_000),
                Linger = TimeSpan.FromSeconds(Number(layers, Setting.ExportEvery, 2, 1, 100)),
            },
            ServeSettings.Policy(layers),
            AgentWork.From(layers),
            ServeSettings.Collector(layers)
        );
    }

    private static ServerAddress Address(SettingLayers layers)
    {
        if (layers[Setting.Server] is not { } text || !Uri.TryCreate(text, UriKind.Absolute, out var server))
            throw new SettingException(
                $"{Setting.Server.Flag} is missing, or no address such as https://torch.example"
            );
        var key =
            layers[Setting.AgentKey]
            ?? throw new SettingException(
                $"{Setting.AgentKey.Variable} is missing: the key that POST /api/v1/agents answered"
            );
        var address = new ServerAddress(server, key, layers[Setting.Ca]);
        return address.Problem is { } problem ? throw new SettingException(problem) : address;
    }

    private static double Number(SettingLayers layers, Setting setting, double otherwise, double least, double most)
    {
        if (layers[setting] is not { } text)
            return otherwise;
        return
            double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number >= least
            && number <= most
            ? number
            : throw new SettingException($"{setting.Flag}: \"{text}\" is no number from {least} to {most}");
    }

    private static long Bytes(SettingLayers layers)
    {
        var text = layers[Setting.SpoolSize] ?? "1GB";
        var unit = text.Length > 2 ? text[^2..].ToUpperInvariant() : "";
        var scale = unit switch
        {
            "MB" => 1L << 20,
            "GB" => 1L << 30,
            _ => 0,
        };
        return
            scale > 0
            && int.TryParse(text[..^2], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count is >= 1 and <= 100_000
            ? count * scale
            : throw new SettingException($"{Setting.SpoolSize.Flag}: \"{text}\" is no size such as 500MB or 2GB");
    }
}
