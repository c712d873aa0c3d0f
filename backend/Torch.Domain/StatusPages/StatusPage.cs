using System.Text.RegularExpressions;

namespace Torch.Domain.StatusPages;

/// <summary>In the page's own stream.</summary>
public sealed record StatusPageCreated(Guid PageId, StatusPageSettings Settings) : IEvent;

public sealed record StatusPageChanged(Guid PageId, StatusPageSettings Settings) : IEvent;

public sealed record StatusPageDeleted(Guid PageId) : IEvent;

/// <summary>What everybody may see.</summary>
/// <param name="Slug">The last part of its address.</param>
/// <param name="Published">Whether it is there for everybody.</param>
/// <param name="Entries">The nodes on it, in their order.</param>
public sealed record StatusPageSettings(
    string Slug,
    string Title,
    string? Description,
    bool Published,
    IReadOnlyList<StatusPageEntry> Entries
)
{
    public bool Equals(StatusPageSettings? other) =>
        other is not null
        && (Slug, Title, Description, Published) == (other.Slug, other.Title, other.Description, other.Published)
        && Entries.SequenceEqual(other.Entries);

    public override int GetHashCode() => HashCode.Combine(Slug, Title, Entries.Count);
}

/// <summary>A node on a page.</summary>
/// <param name="Label">What everybody reads, so that the node's own name need not be told.</param>
public sealed record StatusPageEntry(Guid NodeId, string Label);

/// <summary>A public page of some nodes' statuses, folded from its stream, and the decisions on it.</summary>
public sealed partial record StatusPage(Guid Id, StatusPageSettings? Settings)
{
    private const int MostEntries = 200;
    private static readonly Refusal Unknown = new("unknown_status_page", "There is no such status page.");

    /// <summary>Before its first event.</summary>
    public static StatusPage Initial { get; } = new(Guid.Empty, null);

    /// <summary>The page of an address: two of one address would be one stream.</summary>
    public static Guid IdOf(string slug) => NameId.Of(NameId.Of(WellKnown.Namespace, "status pages"), slug);

    public bool Exists => Settings is not null;

    public static StatusPage Evolve(StatusPage page, IEvent @event) =>
        @event switch
        {
            StatusPageCreated e => new(e.PageId, e.Settings),
            StatusPageChanged e => page with { Settings = e.Settings },
            StatusPageDeleted => page with { Settings = null },
            _ => page,
        };

    public Decision Create(StatusPageSettings settings) =>
        Exists ? Decision.Refuse("status_page_exists", $"There is a status page {settings.Slug} already.")
        : Problem(settings) is { } problem ? Decision.Refuse(problem.Code, problem.Detail)
        : Decision.Accept(new StatusPageCreated(IdOf(settings.Slug), settings));

    public Decision Change(StatusPageSettings settings) =>
        !Exists ? Decision.Refuse(Unknown.Code, Unknown.Detail)
        : settings.Slug != Settings!.Slug
            ? Decision.Refuse("slug_changed", "A page keeps its address: others know it. Make another page.")
        : Problem(settings) is { } problem ? Decision.Refuse(problem.Code, problem.Detail)
        : Settings == settings ? Decision.Nothing
        : Decision.Accept(new StatusPageChanged(Id, settings));

    public Decision Delete() =>
        Exists ? Decision.Accept(new StatusPageDeleted(Id)) : Decision.Refuse(Unknown.Code, Unknown.Detail);

    private static Refusal? Problem(StatusPageSettings settings) =>
        !Slugs().IsMatch(settings.Slug)
            ? new("bad_slug", "A page's address has 1 to 60 small letters, digits and hyphens.")
        : Names.Problem(settings.Title) is { } title ? new("bad_title", title)
        : settings.Entries.Count is < 1 or > MostEntries ? new("bad_entries", $"A page shows 1 to {MostEntries} nodes.")
        : settings.Entries.Any(e => Names.Problem(e.Label) is not null)
            ? new("bad_entries", "Each node on a page has a label of 1 to 200 characters.")
        : null;

    [GeneratedRegex("^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$", RegexOptions.NonBacktracking)]
    private static partial Regex Slugs();
}
