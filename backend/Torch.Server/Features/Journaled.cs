using Torch.Domain;
using Torch.Domain.Agents;
using Torch.Domain.Annotations;
using Torch.Domain.Maintenance;
using Torch.Domain.Notices;
using Torch.Domain.Pushes;
using Torch.Domain.Slo;
using Torch.Domain.StatusPages;
using Torch.EventStore;
using Torch.Server.Events;

namespace Torch.Server.Features;

/// <summary>A kind of thing that has a stream of its own in the journal: how it is folded and written.</summary>
/// <param name="Type">Of the stream, on disk.</param>
/// <param name="What">One of them, for who asks for one that is not there.</param>
internal sealed record Journaled<T>(
    string Type,
    string What,
    T Initial,
    Func<T, IEvent, T> Evolve,
    Func<T, bool> Exists
)
{
    /// <summary>The nodes that it hangs on: who changes it must be allowed to change them.</summary>
    public Func<T, IReadOnlyCollection<Guid>> Nodes { get; init; } = static _ => [];

    public StreamAppend Append(Guid id, IReadOnlyList<IEvent> events, long expected, EventMetadata who) =>
        new(Log.Journal, id, [.. events.Select(e => EventCodec.Encode(e, Guid.CreateVersion7(), who))], Type, expected);
}

/// <summary>The kinds.</summary>
internal static class Journaled
{
    public static readonly Journaled<Agent> Agent = new(
        "agent",
        "agent",
        Domain.Agents.Agent.Initial,
        Domain.Agents.Agent.Evolve,
        a => a.Exists
    );

    public static readonly Journaled<PushKey> PushKey = new(
        "push_key",
        "push key",
        Domain.Pushes.PushKey.Initial,
        Domain.Pushes.PushKey.Evolve,
        k => k.Exists
    );

    public static readonly Journaled<Channel> Channel = new(
        "channel",
        "channel",
        Domain.Notices.Channel.Initial,
        Domain.Notices.Channel.Evolve,
        c => c.Exists
    );

    public static readonly Journaled<NoticeRule> NoticeRule = new(
        "notice_rule",
        "notice rule",
        Domain.Notices.NoticeRule.Initial,
        Domain.Notices.NoticeRule.Evolve,
        r => r.Exists
    );

    public static readonly Journaled<StatusPage> StatusPage = new(
        "status_page",
        "status page",
        Domain.StatusPages.StatusPage.Initial,
        Domain.StatusPages.StatusPage.Evolve,
        p => p.Exists
    );

    public static readonly Journaled<MaintenanceWindow> Window = new(
        "maintenance",
        "maintenance window",
        MaintenanceWindow.Initial,
        MaintenanceWindow.Evolve,
        w => w.Exists
    )
    {
        Nodes = w => w.NodeIds,
    };

    public static readonly Journaled<Annotation> Annotation = new(
        "annotation",
        "annotation",
        Domain.Annotations.Annotation.Initial,
        Domain.Annotations.Annotation.Evolve,
        a => a.Exists
    )
    {
        Nodes = a => [a.NodeId],
    };

    public static readonly Journaled<Objective> Objective = new(
        "objective",
        "objective",
        Domain.Slo.Objective.Initial,
        Domain.Slo.Objective.Evolve,
        o => o.Exists
    )
    {
        Nodes = o => [o.Settings!.NodeId],
    };
}
