namespace Torch.Server.Measuring;

/// <summary>Torch's figures of itself, over time.</summary>
internal static class MeasuringServices
{
    /// <summary>Call it last: what is stopped first is this, while everything that it measures still runs.</summary>
    public static void AddMeasuring(this IServiceCollection services) =>
        services
            .AddSingleton<MeterReading>()
            .AddSingleton<Gathering>()
            .AddSingleton<RebuildWatch>()
            .AddHostedService<MeasuringHost>();
}
