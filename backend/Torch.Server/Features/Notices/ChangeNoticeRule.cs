using Npgsql;
using Torch.Contracts;
using Torch.Domain.Notices;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Notices;

internal static class PostNoticeRule
{
    /// <summary>Say who is told of what.</summary>
    /// <remarks>It tells what begins from now on: incidents that are open already are not told.</remarks>
    /// <response code="201">Created.</response>
    public static Task<IResult> Handle(
        HttpContext http,
        NoticeRuleValidator validator,
        Commands commands,
        NoticeRuleGround ground,
        Catalogue catalogue
    ) =>
        commands.RunAsync(
            http,
            validator,
            async (wanted, ct) =>
            {
                var id = Guid.CreateVersion7();
                var settings = NoticeRuleMapping.Settings(wanted);
                var statuses = (await catalogue.NowAsync(ct)).State;
                var events = NoticeRule.Create(id, settings, statuses).EventsOrRefuse();
                await ground.RequireAsync(settings, ct);
                var append = Journaled.NoticeRule.Append(id, events, 0, EventHeaders.Of(http));
                return new Change(id, [append], events.Count, $"/api/v1/notices/rules/{id}");
            }
        );
}

internal static class PutNoticeRule
{
    /// <summary>Change who is told of what.</summary>
    /// <remarks>A rule that is switched off forgets what it told.</remarks>
    public static Task<IResult> Handle(
        Guid id,
        HttpContext http,
        NoticeRuleValidator validator,
        Commands commands,
        JournalStreams streams,
        NoticeRuleGround ground,
        Catalogue catalogue
    ) =>
        commands.RunAsync(
            http,
            validator,
            async (wanted, ct) =>
            {
                var settings = NoticeRuleMapping.Settings(wanted);
                var statuses = (await catalogue.NowAsync(ct)).State;
                var change = await streams.ChangeAsync(
                    Journaled.NoticeRule,
                    id,
                    http,
                    r => r.Change(settings, statuses)
                );
                await ground.RequireAsync(settings, ct);
                return change;
            }
        );
}

internal static class DeleteNoticeRule
{
    /// <summary>Delete a notice rule.</summary>
    public static Task<IResult> Handle(Guid id, HttpContext http, Commands commands, JournalStreams streams) =>
        commands.RunAsync(http, [], _ => streams.ChangeAsync(Journaled.NoticeRule, id, http, r => r.Delete()));
}

internal static class ListNoticeRules
{
    /// <summary>All notice rules, by name.</summary>
    /// <param name="limit">100 where absent; above 1,000 it is clamped.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    public static Task<Page<NoticeRuleView>> Handle(
        int? limit,
        string? after,
        NpgsqlDataSource db,
        IReadPosition reads,
        CancellationToken cancellationToken
    ) => NoticeRuleMapping.Named.PageAsync(db, reads, limit, after, cancellationToken);
}

internal static class GetNoticeRule
{
    /// <summary>One notice rule.</summary>
    public static Task<NoticeRuleView> Handle(
        Guid id,
        HttpContext http,
        NpgsqlDataSource db,
        IReadPosition reads,
        CancellationToken cancellationToken
    ) => NoticeRuleMapping.Named.OneAsync(db, reads, id, http, cancellationToken);
}
