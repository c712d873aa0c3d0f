namespace Torch.Domain.Servers;

/// <summary>In the journal's stream of the server: it takes reports from now on.</summary>
/// <param name="Server">The machine's name.</param>
public sealed record ServerStarted(string Server, string Version) : IEvent;

/// <summary>In the journal's stream of the server: somebody stopped it. One that was killed says nothing.</summary>
public sealed record ServerStopped(string Server) : IEvent;

/// <summary>In the journal's stream of the server: the database takes events again.</summary>
/// <param name="LostAt">When the server first found that it did not.</param>
public sealed record DatabaseRegained(string Server, DateTimeOffset LostAt) : IEvent;

/// <summary>In the journal's stream of the server that noticed: a read model was folded anew, or that was given up.</summary>
/// <param name="Outcome"><c>swapped</c>, <c>cancelled</c>, or of a verification <c>equal</c> or <c>different</c>.</param>
/// <param name="Position">Up to which the log was folded.</param>
public sealed record ProjectionRebuilt(
    string Projection,
    string Outcome,
    DateTimeOffset BeganAt,
    DateTimeOffset EndedAt,
    long Position
) : IEvent;

/// <summary>In the telemetry's stream of the server: how it did since it last said so.</summary>
/// <param name="Seconds">How long that is.</param>
/// <param name="Figures">By their names; what could not be measured is not there.</param>
public sealed record ServerMeasured(string Server, double Seconds, IReadOnlyDictionary<string, double> Figures)
    : IEvent;
