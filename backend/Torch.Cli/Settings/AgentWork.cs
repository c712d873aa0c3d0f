using System.Globalization;
using Torch.Agent;
using Torch.Agent.Spool;

namespace Torch.Cli.Settings;

/// <summary>How an agent works, in a process of its own or in the server's.</summary>
/// <param name="Schedules">False runs probes on demand only.</param>
/// <param name="Exports">False keeps results in the spool.</param>
/// <param name="Collects">False deletes nothing from the spool.</param>
/// <param name="MaxProbes">At once, over all hosts: 1 to 4,096.</param>
/// <param name="MaxProbesPerHost">At once, of one host: 1 to <paramref name="MaxProbes"/>.</param>
public sealed record AgentWork(bool Schedules, bool Exports, bool Collects, int MaxProbes, int MaxProbesPerHost)
{
    private const int MostProbes = 4_096;

    /// <exception cref="SettingException">A value makes no sense.</exception>
    public static AgentWork From(SettingLayers layers)
    {
        var defaults = new AgentOptions("");
        var probes = Count(layers, Setting.MaxProbes, defaults.MaxProbes, MostProbes);
        return new(
            !layers.IsOn(Setting.NoScheduler),
            !layers.IsOn(Setting.NoExporter),
            !layers.IsOn(Setting.NoCollector),
            probes,
            Count(layers, Setting.MaxProbesPerHost, Math.Min(defaults.MaxProbesPerHost, probes), probes)
        );
    }

    /// <summary>The settings of an agent that works so.</summary>
    public AgentOptions Options(string name, SpoolOptions spool) =>
        new(name)
        {
            Spool = spool with { Collects = Collects },
            Schedules = Schedules,
            Exports = Exports,
            MaxProbes = MaxProbes,
            MaxProbesPerHost = MaxProbesPerHost,
        };

    private static int Count(SettingLayers layers, Setting setting, int otherwise, int most)
    {
        if (layers[setting] is not { } text)
            return otherwise;
        return
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count >= 1
            && count <= most
            ? count
            : throw new SettingException($"{setting.Flag}: \"{text}\" is no whole number from 1 to {most}");
    }
}
