namespace Torch.Server.Retaining;

internal static class RetainingServices
{
    public static void AddRetaining(this IServiceCollection services, RetentionPolicy policy)
    {
        services.AddSingleton(policy);
        services.AddSingleton<RetentionReading>().AddSingleton<RetentionJournal>();
        services.AddSingleton<SealWriter>().AddSingleton<ArchiveWriter>().AddSingleton<Retainer>();
        services.AddSingleton<IRetentionStatus>(s => s.GetRequiredService<Retainer>());
        services.AddHostedService<RetentionHost>();
    }
}
