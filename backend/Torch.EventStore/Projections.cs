using Npgsql;

namespace Torch.EventStore;

/// <summary>A read model: a fold of the log into tables, which commits together with its checkpoint.</summary>
public interface IProjection
{
    /// <summary>Marten's form, <c>Nodes:All</c>; stable, for it stands on disk.</summary>
    string Name { get; }

    /// <summary>The aliases it wants to see; null for every type.</summary>
    IReadOnlySet<string>? Types { get; }

    /// <summary>Folds a batch into its tables inside the given transaction. Idempotence is not needed: the checkpoint sees to it.</summary>
    Task ApplyAsync(ProjectionBatch batch, CancellationToken cancellationToken);

    /// <summary>Empties its tables, before a rebuild from position 0.</summary>
    Task ResetAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken);
}

/// <summary>What a projection folds at one time.</summary>
public sealed record ProjectionBatch(
    NpgsqlConnection Connection,
    NpgsqlTransaction Transaction,
    IReadOnlyList<RecordedEvent> Events
);
