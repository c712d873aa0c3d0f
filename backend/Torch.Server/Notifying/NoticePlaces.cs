using Npgsql;
using Torch.Domain.Nodes;
using Torch.Domain.Notices;
using Torch.Domain.Schedules;
using Torch.Server.Events;
using Torch.Server.Features;
using Torch.Server.Live;

namespace Torch.Server.Notifying;

/// <summary>The trees as the read tables hold them at one moment.</summary>
internal sealed class NoticePlaces : INoticePlaces
{
    private readonly Hierarchy _hierarchy;
    private readonly Dictionary<Guid, ServicePeriod> _periods;
    private readonly Dictionary<Guid, IReadOnlySet<Guid>> _above = [];

    private NoticePlaces(Hierarchy hierarchy, Dictionary<Guid, ServicePeriod> periods) =>
        (_hierarchy, _periods) = (hierarchy, periods);

    public static async Task<NoticePlaces> LoadAsync(NpgsqlDataSource db, CancellationToken cancellationToken)
    {
        var hierarchy = await Hierarchy.LoadAsync(db, cancellationToken);
        var periods = await db.QueryAsync(
            "select id, service_period from torch.nodes where service_period is not null",
            [],
            r => (Id: r.GetGuid(0), Period: EventCodec.ServicePeriod(r.GetFieldValue<byte[]>(1))),
            cancellationToken
        );
        return new(hierarchy, periods.ToDictionary(p => p.Id, p => p.Period));
    }

    public IReadOnlySet<Guid> AndAbove(Guid nodeId)
    {
        if (_above.TryGetValue(nodeId, out var known))
            return known;
        var above = new HashSet<Guid>();
        _hierarchy.AddAbove(nodeId, above);
        return _above[nodeId] = above;
    }

    public bool IsInService(Guid nodeId, DateTimeOffset at) =>
        !_periods.TryGetValue(nodeId, out var period)
        || !Schedule.TryParse(period.Schedule, out var schedule)
        || schedule.Contains(at, TimeZones.Find(period.TimeZone));

    public string NameOf(Guid nodeId) => _hierarchy.NameOf(nodeId);

    public string? PathOf(Guid nodeId)
    {
        var names = new List<string>();
        var seen = new HashSet<Guid> { nodeId };
        for (var id = First(nodeId); id is { } above && seen.Add(above); id = First(above))
            names.Insert(0, _hierarchy.NameOf(above));
        return names.Count > 0 ? string.Join(" / ", names) : null;
    }

    private Guid? First(Guid nodeId) => _hierarchy.ParentsOf(nodeId) is [var first, ..] ? first : null;
}
