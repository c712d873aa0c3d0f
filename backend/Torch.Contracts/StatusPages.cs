namespace Torch.Contracts;

/// <summary>A public page of some nodes' statuses.</summary>
/// <param name="Slug">The last part of its address, <c>/status/slug</c>: 1 to 60 small letters, digits and hyphens. It stays.</param>
/// <param name="Title">1 to 200 characters.</param>
/// <param name="Published">Whether everybody can see it, without an account; false where absent.</param>
/// <param name="Entries">1 to 200 nodes, in their order.</param>
public sealed record StatusPageRequest(
    string Slug,
    string Title,
    IReadOnlyList<StatusPageEntry> Entries,
    string? Description = null,
    bool? Published = null
);

/// <param name="Label">What everybody reads; the node's own name is not told. The node's name as it is now where absent.</param>
public sealed record StatusPageEntry(Guid NodeId, string? Label = null);

/// <inheritdoc cref="StatusPageRequest"/>
/// <param name="Version">The version of its stream, also the ETag.</param>
public sealed record StatusPageView(
    Guid Id,
    string Slug,
    string Title,
    string? Description,
    bool Published,
    IReadOnlyList<StatusPageEntry> Entries,
    long Version,
    long Position
);

/// <summary>What a public page says, for scripts.</summary>
/// <param name="Status">The worst of its nodes.</param>
public sealed record PublicStatus(
    string Title,
    string? Description,
    string Status,
    DateTimeOffset At,
    IReadOnlyList<PublicEntry> Entries,
    IReadOnlyList<PublicIncident> Incidents
);

/// <param name="Uptime">Percent of the days shown in which it was available; null without data.</param>
/// <param name="Days">Percent per day, oldest first; null for a day without data.</param>
public sealed record PublicEntry(
    string Label,
    string Status,
    DateTimeOffset Since,
    decimal? Uptime,
    IReadOnlyList<decimal?> Days
);

/// <summary>A time in which a node of the page was not as it should be.</summary>
/// <param name="EndedAt">Null while it lasts.</param>
public sealed record PublicIncident(string Id, string Label, string Status, DateTimeOffset At, DateTimeOffset? EndedAt);
