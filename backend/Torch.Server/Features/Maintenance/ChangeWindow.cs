using Npgsql;
using Torch.Server.Auth;

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
                return await streams.ChangeAsync(
                    Journaled.Window,
                    id,
                    http,
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
                return await streams.ChangeAsync(
                    Journaled.Window,
                    id,
                    http,
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
        commands.RunAsync(http, _ => streams.ChangeAsync(Journaled.Window, id, http, w => w.Delete()));
}
