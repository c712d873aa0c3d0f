using Npgsql;
using Torch.EventStore;
using Torch.Server.Agents;
using Torch.Server.Auth;
using Torch.Server.Evaluating.Late;
using Torch.Server.Features;
using Torch.Server.Live;
using Torch.Server.Projecting;
using Torch.Server.Telemetry;

namespace Torch.Server.Evaluating;

/// <summary>Everything behind the log: tail, evaluator, read tables, live hub, agents.</summary>
public static class FoldingServices
{
    /// <summary>Needs an <see cref="NpgsqlDataSource"/>, an <see cref="EventLog"/> and a <see cref="TimeProvider"/>; the schema stands when the host starts them. Call it last: it puts its own <see cref="IEventLog"/> in front of the log.</summary>
    public static IServiceCollection AddTorchFolding(this IServiceCollection services)
    {
        services.AddSingleton(s => new LogTail(
            s.GetRequiredService<EventLog>(),
            null,
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<LogTail>>()
        ));
        services.TryAddSecrets();
        services.AddEvaluating();
        services.AddProjecting();
        services.AddSingleton<LiveTranslation>().AddSingleton<LiveHub>();
        services.AddSingleton<ProbeIngest>().AddSingleton<FeedReports>().AddSingleton<Schedule>();
        services.AddSingleton<JournalStreams>();
        services.AddSingleton<LiveAgents>().AddSingleton<AgentSessions>().AddSingleton<GapWatch>();
        services.AddSingleton<Holders>().AddSingleton<ResultSieve>().AddSingleton<AgentLink>();
        services.AddSingleton<IAgentLink>(s => s.GetRequiredService<AgentLink>());

        // In the order of their start: those who listen to the projections stand before these run.
        services.AddHostedService<Arrival>();
        services.AddHostedService(s => s.GetRequiredService<LiveHub>());
        services.AddHostedService(s => s.GetRequiredService<Schedule>());
        services.AddHostedService(s => s.GetRequiredService<Holders>());
        services.AddHostedService<AgentWatch>();
        services.AddHostedService<ProjectionHost>();
        services.AddHostedService<EvaluatorHost>();
        services.AddHostedService<RevisionHost>();
        return services;
    }

    private static void AddEvaluating(this IServiceCollection services)
    {
        services.AddSingleton<OwnMeter>().AddSingleton<Evaluation>();
        services.AddSingleton<IEvaluation>(s => s.GetRequiredService<Evaluation>());
        services.AddSingleton<IEventLog, AbsenceGate>();
        services.AddSingleton(s => new LogTimes(s.GetRequiredService<NpgsqlDataSource>()));
        services
            .AddSingleton<IEvaluatorSnapshots, EvaluatorSnapshots>()
            .AddSingleton<PastStates>()
            .AddSingleton<RulesOfNow>()
            .AddSingleton<SnapshotKeeper>()
            .AddSingleton<ParkingRecord>();
        services.AddSingleton<Heartbeat>().AddSingleton<TransitionWriter>().AddSingleton<LeadingLoop>();
        services.AddSingleton<LateReading>().AddSingleton<Reviser>();
    }

    private static void AddProjecting(this IServiceCollection services)
    {
        services.AddSingleton(ProjectionHost.All());
        services.AddSingleton(s => new ProjectionRunner(
            s.GetRequiredService<NpgsqlDataSource>(),
            s.GetRequiredService<LogTail>(),
            s.GetRequiredService<IReadOnlyList<IProjection>>(),
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<ProjectionRunner>>()
        ));
        services.AddSingleton<ProjectionRebuilds>().AddSingleton<ParkedStreams>();
        services.AddSingleton<IReadPosition, ReadPosition>();
    }
}
