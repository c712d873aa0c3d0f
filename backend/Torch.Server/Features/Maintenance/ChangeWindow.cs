using Npgsql;
using Torch.Domain;
using Torch.Server.Auth;
using Torch.Server.Http;
using Window = Torch.Domain.Maintenance.MaintenanceWindow;

namespace Torch.Server.Features.Maintenance;

internal static class PutWindow
{
    /// <summary>Plan a window otherwise.</summary>
    /// <remarks>What is open closes, and opens again where the new plan says so.</remarks>
    public static Task<IResult> Handle(
        Guid id,
        HttpContext http,
        MaintenanceValidator validator,
        Commands commands,
        Structure structure,
        JournalStreams streams
    ) =>
        commands.RunAsync(
            http,
            validator,
            async (wanted, ct) =>
            {
                var (name, nodes, plan, reason) = wanted;
                await PostWindow.RequireNodesAsync(structure, nodes, ct);
                await http.RequireWithinAsync(nodes);
                return await WindowChange.DecideAsync(
                    id,
                    http,
                    streams,
                    w => w.Change(name, nodes, MaintenanceMapping.Read(plan), reason),
                    reason
                );
            }
        );
}

internal static class EndWindow
{
    private const string Begun = "select begun_until from torch.maintenance where id = $1";

    /// <summary>End what is open of a window.</summary>
    /// <remarks>A recurring one comes again. Where nothing is open, nothing changes.</remarks>
    public static Task<IResult> Handle(
        Guid id,
        HttpContext http,
        Commands commands,
        JournalStreams streams,
        NpgsqlDataSource db,
        TimeProvider time
    ) =>
        commands.RunAsync(
            http,
            async ct =>
            {
                var begun = await db.QueryAsync(Begun, [id], r => r.Maybe<DateTimeOffset?>(0), ct);
                return await WindowChange.DecideAsync(
                    id,
                    http,
                    streams,
                    w => w.End(time.GetUtcNow(), begun.FirstOrDefault())
                );
            }
        );
}

internal static class DeleteWindow
{
    /// <summary>Delete a window.</summary>
    /// <remarks>It covers nothing any more. What it covered so far stays in the history.</remarks>
    public static Task<IResult> Handle(Guid id, HttpContext http, Commands commands, JournalStreams streams) =>
        commands.RunAsync(http, _ => WindowChange.DecideAsync(id, http, streams, w => w.Delete()));
}

/// <summary>A change of one window that exists.</summary>
internal static class WindowChange
{
    public static async Task<Change> DecideAsync(
        Guid id,
        HttpContext http,
        JournalStreams streams,
        Func<Window, Decision> decide,
        string? reason = null
    )
    {
        var (window, version) = await streams.WindowAsync(id, http.RequestAborted);
        if (!window.Exists)
            throw new FaultException(Fault.NotFound("maintenance window"));
        await http.RequireWithinAsync(window.NodeIds);
        http.Request.RequireMatch(version);
        var events = decide(window).EventsOrRefuse();
        return Change.Of(id, JournalStreams.OfWindow(id, events, version, EventHeaders.Of(http, reason)));
    }
}
