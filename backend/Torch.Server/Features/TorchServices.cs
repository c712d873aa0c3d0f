using Npgsql;
using Torch.EventStore;
using Torch.Server.Auth;
using Torch.Server.Backtesting;
using Torch.Server.Chaining;
using Torch.Server.Configuring;
using Torch.Server.Configuring.Reading;
using Torch.Server.Evaluating;
using Torch.Server.Features.Accounts;
using Torch.Server.Features.Agents;
using Torch.Server.Features.Annotations;
using Torch.Server.Features.Audit;
using Torch.Server.Features.Availability;
using Torch.Server.Features.BrowserSessions;
using Torch.Server.Features.Channels;
using Torch.Server.Features.Checks;
using Torch.Server.Features.Configuration;
using Torch.Server.Features.Events;
using Torch.Server.Features.Health;
using Torch.Server.Features.Incidents;
using Torch.Server.Features.Keys;
using Torch.Server.Features.Maintenance;
using Torch.Server.Features.Nodes;
using Torch.Server.Features.Nodes.Backtests;
using Torch.Server.Features.Nodes.Rules;
using Torch.Server.Features.Notices;
using Torch.Server.Features.Overview;
using Torch.Server.Features.Post;
using Torch.Server.Features.Projections;
using Torch.Server.Features.Pushes;
using Torch.Server.Features.Reports;
using Torch.Server.Features.Retention;
using Torch.Server.Features.Session;
using Torch.Server.Features.Slos;
using Torch.Server.Features.Statuses;
using Torch.Server.Features.StatusPages;
using Torch.Server.Features.SystemFacts;
using Torch.Server.Features.Trees;
using Torch.Server.Http;
using Torch.Server.Importing;
using Torch.Server.Live;
using Torch.Server.Notifying;
using Torch.Server.Retaining;
using Torch.Server.SystemLogs;

namespace Torch.Server.Features;

/// <summary>What the features are made of, and where they are mapped.</summary>
internal static class TorchServices
{
    public static void AddTorch(this IServiceCollection services, TorchOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<LogCapture>().AddHostedService<LogStore>();
        services.AddSingleton<IHostedService, SchemaStart>();
        services.AddSingleton(_ => Database(options.Postgres));
        services.AddSingleton(s => new EventLog(
            s.GetRequiredService<NpgsqlDataSource>(),
            null,
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<EventLog>>()
        ));
        services.AddSingleton<IEventLog>(s => s.GetRequiredService<EventLog>());
        services.AddHostedService<JournalChainHost>().AddHostedService(s => s.GetRequiredService<ObjectiveWatch>());
        services.AddSecrets(options.SecretKeys);
        services.AddTorchFolding();
        services.AddRetaining(options.Retention);
        services.AddSingleton<Idempotency>().AddSingleton<Appended>().AddSingleton<Commands>();
        services.AddSingleton<PastReading>().AddSingleton<PastTrees>().AddSingleton<PastNodes>();
        services
            .AddSingleton<Structure>()
            .AddSingleton<Catalogue>()
            .AddSingleton<NamedChildren>()
            .AddSingleton<RecentObservations>()
            .AddSingleton<DeleteCheck.Uses>();
        services
            .AddSingleton<Ingest>()
            .AddSingleton<IngestCounter>()
            .AddSingleton<SystemReading>()
            .AddSingleton<SystemWarnings>()
            .AddSingleton<AgentWarnings>();
        services.AddSingleton<PasswordChange>().AddSingleton<SessionViews>().AddSingleton<SignInSteps>();
        services.AddSingleton<KeyMaking>();
        services.AddSingleton<ProjectionReading>().AddSingleton<AuditReading>().AddSingleton<AuditLinks>();
        services.AddSingleton<AvailabilityReading>();
        services.AddSingleton<ReportValidator>().AddSingleton<V1ReportValidator>().AddSingleton<CheckValidator>();
        services.AddSingleton<CreateNodeValidator>().AddSingleton<ChangeNodeValidator>();
        services.AddSingleton<EdgeValidator>().AddSingleton<RulesValidator>();
        services
            .AddSingleton<MaintenanceValidator>()
            .AddSingleton<AnnotationValidator>()
            .AddSingleton<AcknowledgeValidator>()
            .AddSingleton<ManualStatusValidator>();
        services
            .AddSingleton<ObjectiveReading>()
            .AddSingleton<ObjectiveGround>()
            .AddSingleton<ReportMaking>()
            .AddSingleton<ObjectiveWatch>()
            .AddSingleton<ReportAsking>()
            .AddSingleton<StructureReading>()
            .AddSingleton<SubtreeReading>()
            .AddSingleton<ObjectiveValidator>()
            .AddSingleton<ExclusionValidator>();
        services.AddPushes();
        services.AddSingleton<SimulateValidator>().AddSingleton<PreviewMovesValidator>().AddSingleton<AgentValidator>();
        services.AddNotifying(options);
        services.AddSingleton<ProbeMetrics>();
        services.AddSingleton<PublicReading>().AddSingleton<StatusPageValidator>().AddSingleton<StatusPageGround>();
        services
            .AddSingleton<SelfAgents>()
            .AddSingleton<HelloValidator>()
            .AddSingleton<HeartbeatValidator>()
            .AddSingleton<ProbeNow>()
            .AddSingleton<DeliveryValidator>();
        services
            .AddSingleton<Backtester>()
            .AddSingleton<BacktestScope>()
            .AddSingleton<BacktestObjectives>()
            .AddSingleton<RecordedHistories>()
            .AddSingleton<RecordedEvents>();
        services
            .AddSingleton<BacktestAnswer>()
            .AddSingleton<BacktestRulesValidator>()
            .AddSingleton<BacktestTreeValidator>();
        services
            .AddSingleton<Configurator>()
            .AddSingleton<ConfigExports>()
            .AddSingleton<CurrentReading>()
            .AddSingleton<ConfigValidators>();
        services.AddSingleton<Importer>();
        services.ConfigureHttpJsonOptions(json =>
        {
            ApiJson.Configure(json.SerializerOptions);
            json.SerializerOptions.MaxDepth = ApiJson.Output.MaxDepth;
        });
        // Bad query parameters reach the problem middleware instead of an empty 400.
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
    }

    // Every statement is one of few: prepared when it comes again, so that PostgreSQL parses and plans it once per connection.
    private static NpgsqlDataSource Database(string connectionString)
    {
        var parts = new NpgsqlConnectionStringBuilder(connectionString);
        if (parts.MaxAutoPrepare == 0)
            (parts.MaxAutoPrepare, parts.AutoPrepareMinUsages) = (100, 3);
        return NpgsqlDataSource.Create(parts.ConnectionString);
    }

    public static void MapTorch(this WebApplication app)
    {
        app.MapHealth();
        app.MapPublic();
        app.MapForeignPushes();
        var api = app.MapGroup("/api/v1");
        api.AddEndpointFilterFactory(KnownQuery.Refusing).AddEndpointFilter<RouteGroupBuilder, MinPosition>();
        api.WithMetadata(
            Operations.Refusal(400),
            Operations.Refusal(401),
            Operations.Refusal(403),
            Operations.Refusal(429),
            Operations.Refusal(500),
            Operations.Refusal(503)
        );
        api.MapStream().Needs(Right.Read).WithinSight().EndsWithItsCaller().Refuses(400);
        api.MapSession();
        api.MapSessions();
        api.MapPeople();
        api.MapKeys();
        api.MapReports();
        api.MapV1Post();
        api.MapPushKeys();
        api.MapChecks();
        api.MapNodes();
        api.MapBacktests();
        api.MapMaintenance();
        api.MapAnnotations();
        api.MapAgents();
        api.MapSlos();
        api.MapGet("/trees", ListTrees.Handle)
            .WithName("ListTrees")
            .WithTags("Nodes")
            .Needs(Right.Read)
            .WithinSight()
            .AnswersForThePast()
            .Refuses(410, 422);
        api.MapGet("/trees/diff", GetTreeDiff.Handle)
            .WithName("GetTreeDiff")
            .WithTags("Nodes")
            .Needs(Right.Read)
            .Refuses(400, 410);
        api.MapGet("/availability", ListAvailability.Handle)
            .WithName("ListAvailability")
            .WithTags("Nodes")
            .Needs(Right.Read)
            .WithinSight()
            .Refuses(400, 404);
        api.MapGet("/overview", GetOverview.Handle)
            .WithName("GetOverview")
            .WithTags("Nodes")
            .Needs(Right.Read)
            .WithinSight()
            .AnswersForThePast();
        api.MapStatuses();
        api.MapConfiguration();
        api.MapGet("/events", ListEvents.Handle)
            .WithName("ListEvents")
            .WithTags("Events")
            .Needs(Right.Read)
            .Produces<Contracts.Page<Contracts.EventView>>()
            .Produces<string>(200, NdJson.MediaType)
            .Refuses(400);
        api.MapAudit();
        api.MapChannels();
        api.MapNotices();
        api.MapIncidents();
        api.MapStatusPages();
        api.MapProjections();
        api.MapRetention();
        api.MapGet("/system", GetSystem.Handle).WithName("GetSystem").WithTags("System").Needs(Right.Read);
        api.MapGet("/system/metrics", GetSystemMetrics.Handle)
            .WithName("GetSystemMetrics")
            .WithTags("System")
            .Needs(Right.Read)
            .Refuses(400);
        api.MapGet("/system/events", ListSystemEvents.Handle)
            .WithName("ListSystemEvents")
            .WithTags("System")
            .Needs(Right.Read)
            .Refuses(400);
        api.MapGet("/system/logs", ListLogs.Handle)
            .WithName("ListLogs")
            .WithTags("System")
            .Needs(Right.Admin)
            .Refuses(400);
        api.MapGet("/system/logs/counts", CountLogs.Handle).WithName("CountLogs").WithTags("System").Needs(Right.Admin);
        api.MapGet("/events/follow", FollowEvents.Handle)
            .WithName("FollowEvents")
            .Needs(Right.Read)
            .EndsWithItsCaller()
            .WithTags("Events")
            .Produces<string>(200, NdJson.MediaType)
            .Refuses(400);
    }
}
