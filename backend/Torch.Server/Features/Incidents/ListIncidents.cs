using System.Globalization;
using Torch.Contracts;
using Torch.Server.Auth;
using Torch.Server.Http;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Incidents;

internal static class IncidentEndpoints
{
    public static void MapIncidents(this IEndpointRouteBuilder api)
    {
        var incidents = api.MapGroup("/incidents").WithTags("Incidents").Needs(Right.Read);
        incidents.MapGet("", ListIncidents.Handle).WithName("ListIncidents").WithinSight().Refuses(400);
        incidents.MapGet("/{id:guid}", GetIncident.Handle).WithName("GetIncident").WithinSight().Refuses(404);
    }
}

/// <summary>Which incidents a list holds.</summary>
internal enum IncidentState
{
    Open,
    Ended,
}

internal static class ListIncidents
{
    /// <summary>Root causes' bad times, newest first.</summary>
    /// <param name="state"><c>open</c> or <c>ended</c>; both where absent.</param>
    /// <param name="node">Only those that this node is the cause of, or that affect it.</param>
    /// <param name="limit">100 where absent; above 1,000 it is clamped.</param>
    /// <param name="before">The <c>next</c> of the page before.</param>
    public static async Task<Page<IncidentView>> Handle(
        string? state,
        Guid? node,
        int? limit,
        string? before,
        IncidentReading reading,
        IReadPosition reads,
        Sight sight,
        CancellationToken cancellationToken
    )
    {
        var most = Limit.Of(limit);
        var (at, id) = ReadBefore(before);
        var position = reads.Position;
        var isOpen = QueryWords.Read<IncidentState>(state, "state") is { } wanted
            ? wanted == IncidentState.Open
            : (bool?)null;
        // As of one that nobody knows: there is none.
        if (node is { } asked && !sight.Shows(asked))
            return new([], null, position);
        var rows = await reading.PageAsync(isOpen, node, at, id, most + 1, position, sight, cancellationToken);
        var page = Paging.Of(rows, most, i => Cursor.Write(Text(i.Position), i.Incident.Id), position);
        return new([.. page.Items.Select(r => r.Incident)], page.Next, position);
    }

    private static string Text(long position) => position.ToString(CultureInfo.InvariantCulture);

    private static (long Position, Guid Id) ReadBefore(string? before)
    {
        if (Cursor.Read(before, 2, "before") is not { } keys)
            return (long.MaxValue, Guid.Empty);
        return
            long.TryParse(keys[0], CultureInfo.InvariantCulture, out var position) && Guid.TryParse(keys[1], out var id)
            ? (position, id)
            : throw new FaultException(Fault.Invalid("before", "is not a cursor that Torch gave"));
    }
}

internal static class GetIncident
{
    private const int MostNotices = 100;

    /// <summary>One incident, with what it affects and who was told.</summary>
    public static async Task<IncidentView> Handle(
        Guid id,
        IncidentReading reading,
        NoticeReading notices,
        IReadPosition reads,
        Sight sight,
        CancellationToken cancellationToken
    )
    {
        var position = reads.Position;
        var incident =
            await reading.FindAsync(id, position, sight, cancellationToken)
            ?? throw new FaultException(Fault.NotFound("incident"));
        // Who was told concerns who runs Torch.
        if (sight.IsLimited)
            return incident;
        return incident with
        {
            Notices = await notices.PageAsync(new(id), long.MaxValue, MostNotices, position, cancellationToken),
        };
    }
}
