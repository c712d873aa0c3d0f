using System.Text.Json;
using Torch.Domain;
using Torch.EventStore;
using Torch.Server.Events;

namespace Torch.Server.Projecting;

/// <summary>A projection of the journal that folds event by event: what each of them changes is all that it has to say.</summary>
/// <param name="name">On disk, with its checkpoint.</param>
/// <param name="tables">Its own, without a schema.</param>
/// <param name="types">The events that it folds, and no others.</param>
internal abstract class JournalProjection(string name, string[] tables, params Type[] types) : IProjection
{
    public string Name => name;

    public IReadOnlySet<string> Types { get; } = types.Select(EventCodec.AliasOf).ToHashSet(StringComparer.Ordinal);

    public Log? Source => Log.Journal;

    public IReadOnlyList<string> Tables => tables;

    public Task ApplyAsync(ProjectionBatch batch, CancellationToken cancellationToken)
    {
        var commands = new Commands(batch);
        foreach (var recorded in batch.Events)
            Add(commands, recorded, EventCodec.Decode(recorded));
        return commands.ExecuteAsync(cancellationToken);
    }

    /// <summary>Adds what an event changes.</summary>
    /// <exception cref="JsonException">It is none of the projection's events: see <see cref="NoEvent"/>.</exception>
    protected abstract void Add(Commands commands, RecordedEvent at, IEvent? @event);

    /// <summary>For what is in the log under the name of one of its events, and is none.</summary>
    protected static JsonException NoEvent(RecordedEvent at) => new($"{at.Type} at {at.Position} holds no event");
}
