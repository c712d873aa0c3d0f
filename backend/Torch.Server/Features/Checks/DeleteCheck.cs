using Npgsql;
using Torch.Domain.Checks;
using Torch.EventStore;
using Torch.Server.Http;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Checks;

internal static class DeleteCheck
{
    private const string Showing = "select name from torch.nodes where check_id = $1 order by name limit 20";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Delete a check that no node shows.</summary>
    /// <remarks>Its history stays in the log. A report's check comes back when its source reports again.</remarks>
    public static Task<IResult> Handle(
        Guid id,
        HttpContext http,
        Commands commands,
        Structure structure,
        JournalStreams streams,
        Uses uses
    ) => commands.RunAsync(http, [], ct => DecideAsync(id, http, structure, streams, uses, ct));

    private static async Task<Change> DecideAsync(
        Guid id,
        HttpContext http,
        Structure structure,
        JournalStreams streams,
        Uses uses,
        CancellationToken ct
    )
    {
        // At this version of the structure, for a leaf that is created meanwhile makes the append fail.
        var (_, topology) = await structure.DecideAsync((_, _) => Domain.Decision.Nothing, ct);
        var (check, version) = await streams.CheckAsync(id, ct);
        http.Request.RequireMatch(version);
        if (!check.Exists)
            await uses.RequireRowAsync(id, ct);
        if (await uses.NamesAsync(id, ct) is { Count: > 0 } names)
            throw new FaultException(InUse(names));
        var who = EventHeaders.Of(http);
        return new Change(
            id,
            [
                JournalStreams.OfCheck(id, [new CheckDeleted(id)], version, who),
                JournalStreams.OfTopology([], topology, who),
            ],
            version + 1
        );
    }

    private static Fault InUse(IReadOnlyList<string> names) =>
        new(
            409,
            "check_in_use",
            $"Shown by {string.Join(", ", names)}. Delete those nodes, or let them show another check."
        );

    /// <summary>Who shows a check, by the read tables as of now.</summary>
    internal sealed class Uses(NpgsqlDataSource db, IEventLog log, IReadPosition reads)
    {
        public async Task<List<string>> NamesAsync(Guid id, CancellationToken ct)
        {
            await CatchUpAsync(ct);
            return await db.QueryAsync(Showing, [id], r => r.GetString(0), ct);
        }

        /// <summary>A report's check that nobody created exists by its row alone.</summary>
        public async Task RequireRowAsync(Guid id, CancellationToken ct)
        {
            await CatchUpAsync(ct);
            await CheckReading.KindAsync(db, id, ct);
        }

        private async Task CatchUpAsync(CancellationToken ct)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(Patience);
            await reads.WaitForAsync(await log.HeadAsync(ct), limit.Token);
        }
    }
}
