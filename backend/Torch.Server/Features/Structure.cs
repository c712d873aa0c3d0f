using Npgsql;
using Torch.Domain;
using Torch.Domain.Nodes;
using Torch.EventStore;
using Torch.Server.Auth;
using Torch.Server.Events;

namespace Torch.Server.Features;

/// <summary>The structure of all hierarchies, kept in memory and caught up from its stream before each decision.</summary>
internal sealed class Structure(IEventLog log, NpgsqlDataSource db, Catalogue catalogue) : IDisposable
{
    private const int MostSights = 50;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Topology _topology = new();
    private readonly Dictionary<string, Sight> _sights = new(StringComparer.Ordinal);
    private long _version;
    private long _sightsOf;

    /// <summary>Decides on the newest structure; a refusal names nodes by their names.</summary>
    /// <returns>The decision's events, with the version that they must be appended at.</returns>
    public async Task<Versioned<IReadOnlyList<IEvent>>> DecideAsync(
        Func<Topology, Func<Guid, string>, Decision> decide,
        CancellationToken ct
    )
    {
        await _turn.WaitAsync(ct);
        try
        {
            await CatchUpAsync(ct);
            _topology.Statuses = (await catalogue.NowAsync(ct)).State;
            var named = new HashSet<Guid>();
            var decision = decide(_topology, id => Note(named, id));
            if (decision.Refusal is not null && named.Count > 0)
            {
                var names = await NamesAsync(named, ct);
                decision = decide(_topology, id => names.GetValueOrDefault(id, "A node"));
            }
            return new(decision.EventsOrRefuse(), _version);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>What can be seen from some roots in the newest structure.</summary>
    public async Task<Sight> SightAsync(IReadOnlyList<Guid> roots, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            await CatchUpAsync(ct);
            if (_sightsOf != _version || _sights.Count > MostSights)
                _sights.Clear();
            _sightsOf = _version;
            var key = string.Join(' ', roots);
            if (!_sights.TryGetValue(key, out var sight))
                _sights[key] = sight = new(roots, _topology.Below(roots));
            return sight;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task CatchUpAsync(CancellationToken ct)
    {
        var read = new StreamRead(Log.Journal, WellKnown.Topology, _version + 1);
        await foreach (var recorded in log.ReadStreamAsync(read, ct))
        {
            if (EventCodec.Decode(recorded) is { } @event)
                _topology.Fold(@event);
            _version = recorded.Version;
        }
    }

    private async Task<Dictionary<Guid, string>> NamesAsync(IEnumerable<Guid> ids, CancellationToken ct)
    {
        const string sql = "select id, name from torch.nodes where id = any($1)";
        var rows = await db.QueryAsync(sql, [ids.ToArray()], r => (Id: r.GetGuid(0), Name: r.GetString(1)), ct);
        return rows.ToDictionary(r => r.Id, r => r.Name);
    }

    private static string Note(HashSet<Guid> named, Guid id)
    {
        named.Add(id);
        return "";
    }
}
