using Npgsql;
using Torch.Contracts;
using Torch.Domain;
using Torch.Domain.Notices;
using Torch.Server.Http;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Notices;

internal static class PostNoticeRule
{
    /// <summary>Say who is told of what.</summary>
    /// <remarks>It tells what begins from now on: incidents that are open already are not told.</remarks>
    /// <response code="201">Created.</response>
    public static async Task<IResult> Handle(
        HttpContext http,
        NoticeRuleValidator validator,
        Commands commands,
        NoticeRuleGround ground,
        Catalogue catalogue
    )
    {
        var body = await http.ReadJsonAsync(validator);
        return await commands.RunAsync(
            http,
            body.Bytes,
            async ct =>
            {
                var id = Guid.CreateVersion7();
                var settings = NoticeRuleMapping.Settings(body.Value);
                var statuses = (await catalogue.NowAsync(ct)).State;
                var events = NoticeRule.Create(id, settings, statuses).EventsOrRefuse();
                await ground.RequireAsync(settings, ct);
                var append = JournalStreams.OfNoticeRule(id, events, 0, EventHeaders.Of(http));
                return new Change(id, [append], events.Count, $"/api/v1/notices/rules/{id}");
            }
        );
    }
}

internal static class PutNoticeRule
{
    /// <summary>Change who is told of what.</summary>
    /// <remarks>A rule that is switched off forgets what it told.</remarks>
    public static async Task<IResult> Handle(
        Guid id,
        HttpContext http,
        NoticeRuleValidator validator,
        Commands commands,
        JournalStreams streams,
        NoticeRuleGround ground,
        Catalogue catalogue
    )
    {
        var body = await http.ReadJsonAsync(validator);
        return await commands.RunAsync(
            http,
            body.Bytes,
            async ct =>
            {
                var settings = NoticeRuleMapping.Settings(body.Value);
                var statuses = (await catalogue.NowAsync(ct)).State;
                var change = await NoticeRuleChange.DecideAsync(id, http, streams, r => r.Change(settings, statuses));
                await ground.RequireAsync(settings, ct);
                return change;
            }
        );
    }
}

internal static class DeleteNoticeRule
{
    /// <summary>Delete a notice rule.</summary>
    public static Task<IResult> Handle(Guid id, HttpContext http, Commands commands, JournalStreams streams) =>
        commands.RunAsync(http, [], _ => NoticeRuleChange.DecideAsync(id, http, streams, r => r.Delete()));
}

/// <summary>A change of one rule that exists.</summary>
internal static class NoticeRuleChange
{
    public static async Task<Change> DecideAsync(
        Guid id,
        HttpContext http,
        JournalStreams streams,
        Func<NoticeRule, Decision> decide
    )
    {
        var rule = await streams.NoticeRuleAsync(id, http.RequestAborted);
        if (!rule.State.Exists)
            throw new FaultException(Fault.NotFound("notice rule"));
        http.Request.RequireMatch(rule.Version);
        var events = decide(rule.State).EventsOrRefuse();
        return Change.Of(id, JournalStreams.OfNoticeRule(id, events, rule.Version, EventHeaders.Of(http)));
    }
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
