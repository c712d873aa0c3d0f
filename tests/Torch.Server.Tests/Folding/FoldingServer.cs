using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Torch.Domain;
using Torch.EventStore;
using Torch.Server.Evaluating;
using Torch.Server.Events;
using Torch.Server.Features;
using Torch.Server.Live;
using Torch.Server.Projecting;
using Torch.Server.Retaining;
using Torch.Testing;

namespace Torch.Server.Tests.Folding;

/// <summary>What stands behind the log, without the API: evaluator, projections, live hub and its endpoint, on real PostgreSQL and a real port.</summary>
internal sealed class FoldingServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FoldingServer(WebApplication app) => _app = app;

    public static async Task<TestDatabase> NewDatabaseAsync() =>
        await TestDatabase.CreateAsync(SchemaScript.EmbeddedIn(typeof(EventCodec).Assembly));

    public static async Task<FoldingServer> StartAsync(TestDatabase database)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(database.ConnectionString));
        builder.Services.AddSingleton(s => new EventLog(s.GetRequiredService<NpgsqlDataSource>()));
        builder.Services.AddSingleton<IEventLog>(s => s.GetRequiredService<EventLog>());
        builder.Services.AddSingleton(RetentionPolicy.Default);
        builder.Services.AddTorchFolding();
        builder.Services.AddSingleton<Catalogue>().AddSingleton<Structure>();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGroup("/api/v1").MapStream();
        await app.StartAsync();
        return new FoldingServer(app);
    }

    public Uri Address =>
        new(Get<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single().Replace("[::]", "127.0.0.1"));

    public IEventLog Log => Get<IEventLog>();

    public IEvaluation Evaluation => Get<IEvaluation>();

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>Appends one event and answers its position.</summary>
    public async Task<long> AppendAsync(Log log, Guid stream, IEvent @event, Guid? id = null)
    {
        var data = EventCodec.Encode(@event, id ?? Guid.CreateVersion7());
        return await AppendAsync(new StreamAppend(log, stream, [data], "test"));
    }

    public async Task<long> AppendAsync(params StreamAppend[] streams)
    {
        var outcome = await Log.AppendAsync(new AppendRequest { Streams = streams }, Limit.Token);
        return outcome.ShouldBeOfType<AppendOutcome.Appended>().Position;
    }

    /// <summary>Returns once everything that follows from what is in the log by now can be read, also where it came late.</summary>
    public async Task SettleAsync()
    {
        await ReachAsync();
        if (Get<Evaluation>().LateWork() is null)
            return;
        await Eventually.IsTrueAsync(() => Get<Evaluation>().LateWork() is null);
        await ReachAsync();
    }

    private async Task ReachAsync() =>
        await Get<IReadPosition>().WaitForAsync(await Log.HeadAsync(Limit.Token), Limit.Token);

    /// <summary>Rebuilds every projection, and returns once the last one is swapped in.</summary>
    public async Task RebuildAsync(TestDatabase database)
    {
        foreach (var projection in ProjectionHost.All())
            (await Get<ProjectionRebuilds>().BeginAsync(projection, Limit.Token)).ShouldBeTrue();
        await Eventually.IsTrueAsync(
            async () => await database.CountAsync("torch_log.rebuilds") == 0,
            TimeSpan.FromSeconds(30)
        );
    }

    /// <summary>Half a minute for one step, rather than a test run that hangs.</summary>
    public static CancellationTokenSource Limit => new(TimeSpan.FromSeconds(30));

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
