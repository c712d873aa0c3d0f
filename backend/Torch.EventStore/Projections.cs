using Npgsql;

namespace Torch.EventStore;

/// <summary>
/// A read model: a fold of the log into tables of its own, which commits together with its checkpoint. The same fold fills the live
/// tables and, while it is rebuilt, their shadows: it writes to the schema that the batch names and nowhere else.
/// </summary>
public interface IProjection
{
    /// <summary>Marten's form, <c>Nodes:All</c>; stable, for it stands on disk.</summary>
    string Name { get; }

    /// <summary>The aliases it wants to see; null for every type.</summary>
    IReadOnlySet<string>? Types { get; }

    /// <summary>The one log it needs, so that a rebuild does not read the other; null for both.</summary>
    Log? Source => null;

    /// <summary>Its tables, by name without schema. No other projection writes to them.</summary>
    IReadOnlyList<string> Tables { get; }

    /// <summary>Folds a batch into its tables inside the given transaction. Idempotence is not needed: the checkpoint sees to it.</summary>
    Task ApplyAsync(ProjectionBatch batch, CancellationToken cancellationToken);
}

/// <summary>A projection whose early events may be gone from the telemetry: what they came to was sealed before they went.</summary>
public interface ISealedProjection : IProjection
{
    /// <summary>
    /// Called once on the empty tables of a rebuild, in the transaction that makes them: puts back what the seals preserved. Answers
    /// the position at which that stood; the rebuild folds what comes after it. 0 where nothing was sealed.
    /// </summary>
    Task<long> SeedAsync(ProjectionTarget target, CancellationToken cancellationToken);
}

/// <summary>Where a projection writes.</summary>
/// <param name="Schema">Where its tables are; <see cref="Live"/> or <see cref="Shadow"/>. A plain name: it needs no quotes in SQL.</param>
public record ProjectionTarget(NpgsqlConnection Connection, NpgsqlTransaction Transaction, string Schema)
{
    /// <summary>The tables that are read.</summary>
    public const string Live = "torch";

    /// <summary>The tables of rebuilds that are going on.</summary>
    public const string Shadow = "torch_rebuild";
}

/// <summary>What a projection folds at one time.</summary>
public sealed record ProjectionBatch(
    NpgsqlConnection Connection,
    NpgsqlTransaction Transaction,
    string Schema,
    IReadOnlyList<RecordedEvent> Events
) : ProjectionTarget(Connection, Transaction, Schema);

/// <summary>Names of projections: <c>Nodes:All</c> on disk, <c>Nodes</c> for people.</summary>
public static class ProjectionNames
{
    /// <summary>The part before the colon.</summary>
    public static string Short(string name) => name.Split(':')[0];

    /// <summary>The projection that either form names, or null.</summary>
    public static IProjection? Find(IEnumerable<IProjection> projections, string name) =>
        projections.FirstOrDefault(p =>
            string.Equals(p.Name, name, StringComparison.Ordinal)
            || string.Equals(Short(p.Name), name, StringComparison.Ordinal)
        );
}
