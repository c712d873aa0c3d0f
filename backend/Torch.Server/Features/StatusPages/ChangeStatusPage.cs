using FluentValidation;
using Npgsql;
using Torch.Contracts;
using Torch.Domain.StatusPages;
using Torch.Server.Events;
using Torch.Server.Http;
using Torch.Server.Projecting;
using StatusPageEntry = Torch.Contracts.StatusPageEntry;

namespace Torch.Server.Features.StatusPages;

internal static class PostStatusPage
{
    /// <summary>Make a public page of some nodes' statuses.</summary>
    /// <remarks>It is at <c>/status/slug</c> as soon as it is published: statuses, times and labels, and nothing else of the nodes.</remarks>
    /// <response code="201">Created.</response>
    public static Task<IResult> Handle(
        HttpContext http,
        StatusPageValidator validator,
        Commands commands,
        JournalStreams streams,
        StatusPageGround ground
    ) =>
        commands.RunAsync(
            http,
            validator,
            async (wanted, ct) =>
            {
                var settings = await ground.SettingsAsync(wanted, ct);
                var id = StatusPage.IdOf(settings.Slug);
                var page = await streams.ReadAsync(Journaled.StatusPage, id, ct);
                var events = page.State.Create(settings).EventsOrRefuse();
                var append = Journaled.StatusPage.Append(id, events, page.Version, EventHeaders.Of(http));
                return Change.Of(id, append, $"/api/v1/status-pages/{id}");
            }
        );
}

internal static class PutStatusPage
{
    /// <summary>Change a status page.</summary>
    public static Task<IResult> Handle(
        Guid id,
        HttpContext http,
        StatusPageValidator validator,
        Commands commands,
        JournalStreams streams,
        StatusPageGround ground
    ) =>
        commands.RunAsync(
            http,
            validator,
            async (wanted, ct) =>
            {
                var settings = await ground.SettingsAsync(wanted, ct);
                return await streams.ChangeAsync(Journaled.StatusPage, id, http, p => p.Change(settings));
            }
        );
}

internal static class DeleteStatusPage
{
    /// <summary>Delete a status page.</summary>
    public static Task<IResult> Handle(Guid id, HttpContext http, Commands commands, JournalStreams streams) =>
        commands.RunAsync(http, [], _ => streams.ChangeAsync(Journaled.StatusPage, id, http, p => p.Delete()));
}

/// <summary>The frame of a status page; what makes sense is judged by the domain.</summary>
internal sealed class StatusPageValidator : AbstractValidator<StatusPageRequest>
{
    public StatusPageValidator()
    {
        RuleFor(p => p.Slug).NotNull();
        RuleFor(p => p.Title).Name();
        RuleFor(p => p.Description).Text();
        RuleFor(p => p.Entries).NotNull();
        RuleForEach(p => p.Entries).NotNull();
        RuleForEach(p => p.Entries)
            .Must(e => e?.Label is not { Length: > BodyLimits.NameCharacters })
            .WithMessage($"a label has at most {BodyLimits.NameCharacters} characters");
    }
}

/// <summary>The nodes of a page must exist when it is written, and lend it their names.</summary>
internal sealed class StatusPageGround(NpgsqlDataSource db)
{
    public async Task<StatusPageSettings> SettingsAsync(StatusPageRequest request, CancellationToken ct)
    {
        var names = await db.QueryAsync(
            "select id, name from torch.nodes where id = any($1)",
            [request.Entries.Select(e => e.NodeId).ToArray()],
            r => (Id: r.GetGuid(0), Name: r.GetString(1)),
            ct
        );
        var known = names.ToDictionary(n => n.Id, n => n.Name);
        if (request.Entries.FirstOrDefault(e => !known.ContainsKey(e.NodeId)) is { } missing)
            throw new FaultException(Unknown(missing.NodeId));
        return new(
            request.Slug,
            request.Title,
            string.IsNullOrWhiteSpace(request.Description) ? null : request.Description,
            request.Published ?? false,
            [.. request.Entries.Select(e => new Domain.StatusPages.StatusPageEntry(e.NodeId, Label(e, known)))]
        );
    }

    private static string Label(StatusPageEntry entry, Dictionary<Guid, string> names) =>
        string.IsNullOrWhiteSpace(entry.Label) ? names[entry.NodeId] : entry.Label;

    private static Fault Unknown(Guid id)
    {
        var detail = $"There is no node {id}.";
        return new(
            422,
            "unknown_id",
            detail,
            new Dictionary<string, IReadOnlyList<string>> { ["/entries"] = [detail] }
        );
    }
}

/// <summary>Pages as the read tables hold them.</summary>
internal static class StatusPageReading
{
    public const string Rows = "select id, settings, version from torch.status_pages";

    public static readonly NamedReading<StatusPageView> Named = new(
        Rows,
        "slug",
        "status page",
        View,
        v => (v.Slug, v.Id, v.Version)
    );

    public static StatusPageView View(NpgsqlDataReader row, long position)
    {
        var settings = EventCodec.StatusPageSettings(row.GetFieldValue<byte[]>(1));
        return new(
            row.GetGuid(0),
            settings.Slug,
            settings.Title,
            settings.Description,
            settings.Published,
            [.. settings.Entries.Select(e => new StatusPageEntry(e.NodeId, e.Label))],
            row.GetInt64(2),
            position
        );
    }
}

internal static class ListStatusPages
{
    /// <summary>All status pages, by address.</summary>
    /// <param name="limit">100 where absent; above 1,000 it is clamped.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    public static Task<Page<StatusPageView>> Handle(
        int? limit,
        string? after,
        NpgsqlDataSource db,
        IReadPosition reads,
        CancellationToken cancellationToken
    ) => StatusPageReading.Named.PageAsync(db, reads, limit, after, cancellationToken);
}

internal static class GetStatusPage
{
    /// <summary>One status page's settings.</summary>
    public static Task<StatusPageView> Handle(
        Guid id,
        HttpContext http,
        NpgsqlDataSource db,
        IReadPosition reads,
        CancellationToken cancellationToken
    ) => StatusPageReading.Named.OneAsync(db, reads, id, http, cancellationToken);
}
