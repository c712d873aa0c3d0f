using FluentValidation;
using Npgsql;
using Torch.Contracts;
using Torch.Domain.Notices;
using Torch.Domain.Statuses;
using Torch.Server.Events;
using Torch.Server.Http;

namespace Torch.Server.Features.Notices;

/// <summary>Notice rules between the API's words and the domain's.</summary>
internal static class NoticeRuleMapping
{
    private static readonly TimeSpan Gather = TimeSpan.FromSeconds(5);

    public static NoticeRuleSettings Settings(NoticeRuleRequest request) =>
        new(
            request.Name,
            request.Enabled ?? true,
            [.. request.NodeIds ?? []],
            request.AtLeast ?? StatusCatalog.Down,
            [.. request.ChannelIds],
            request.Delay ?? TimeSpan.Zero,
            request.Gather ?? Gather,
            [.. (request.Escalations ?? []).Select(e => new Domain.Notices.Escalation(e.After, [.. e.ChannelIds]))],
            request.Repeat,
            request.Recovery ?? true,
            request.Quiet is { } quiet ? new(quiet.Schedule, quiet.TimeZone, quiet.Except) : null
        );

    public const string Rows = "select id, settings, version from torch.notice_rules";

    public static readonly NamedReading<NoticeRuleView> Named = new(
        Rows,
        "name",
        "notice rule",
        View,
        v => (v.Name, v.Id, v.Version)
    );

    public static NoticeRuleView View(NpgsqlDataReader row, long position)
    {
        var rule = EventCodec.NoticeRuleSettings(row.GetFieldValue<byte[]>(1));
        return new(
            row.GetGuid(0),
            rule.Name,
            rule.Enabled,
            rule.NodeIds,
            rule.AtLeast,
            rule.Channels,
            rule.Delay,
            rule.Gather,
            [.. rule.Escalations.Select(e => new Contracts.Escalation(e.After, e.Channels))],
            rule.Repeat,
            rule.Recovery,
            rule.Quiet is { } quiet ? new(quiet.Schedule, quiet.TimeZone, quiet.Except) : null,
            row.GetInt64(2),
            position
        );
    }
}

/// <summary>The frame of a notice rule; what makes sense is judged by the domain.</summary>
internal sealed class NoticeRuleValidator : AbstractValidator<NoticeRuleRequest>
{
    public NoticeRuleValidator()
    {
        RuleFor(r => r.Name).Name();
        RuleFor(r => r.ChannelIds).NotNull();
        RuleFor(r => r.AtLeast).Text();
        RuleForEach(r => r.Escalations).Must(e => e?.ChannelIds is not null).WithMessage("needs its channels");
        RuleFor(r => r.Quiet).Must(q => q is null || q.Schedule is not null).WithMessage("needs a schedule");
    }
}

/// <summary>What a rule speaks of must exist when it is written.</summary>
internal sealed class NoticeRuleGround(NpgsqlDataSource db, JournalStreams streams)
{
    private const string Missing =
        "select w.id from unnest($1::uuid[]) as w (id) where not exists (select from torch.nodes n where n.id = w.id) limit 1";

    public async Task RequireAsync(NoticeRuleSettings settings, CancellationToken ct)
    {
        foreach (var id in settings.Channels.Concat(settings.Escalations.SelectMany(e => e.Channels)).Distinct())
            if (!(await streams.ReadAsync(Journaled.Channel, id, ct)).State.Exists)
                throw new FaultException(Unknown("/channelIds", $"There is no channel {id}."));
        var missing = await db.QueryAsync(Missing, [settings.NodeIds.ToArray()], r => r.GetGuid(0), ct);
        if (missing.Count > 0 && !(await streams.NodeAsync(missing[0], ct)).State.Exists)
            throw new FaultException(Unknown("/nodeIds", $"There is no node {missing[0]}."));
    }

    private static Fault Unknown(string pointer, string detail) =>
        new(422, "unknown_id", detail, new Dictionary<string, IReadOnlyList<string>> { [pointer] = [detail] });
}
