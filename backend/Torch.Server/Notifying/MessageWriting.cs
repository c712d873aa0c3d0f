using System.Globalization;
using Torch.Domain;
using Torch.Domain.Notices;
using Torch.Domain.Statuses;

namespace Torch.Server.Notifying;

/// <summary>Notices in words.</summary>
internal sealed class MessageWriting(TorchOptions options)
{
    // Where nobody said under which address people reach Torch, the one that it listens on.
    private readonly string _base = (options.PublicUrl ?? options.Urls.FirstOrDefault() ?? "").TrimEnd('/');

    /// <summary>The id of a notice on a channel.</summary>
    public static Guid IdOf(Guid noticeId, Guid channelId) => NameId.Of(noticeId, channelId.ToString());

    public NoticeMessage Write(NoticeRaised notice, Guid channelId, string? rule)
    {
        var items = notice.Items.Select(Item).ToList();
        var rest = notice.Rest?.Count ?? 0;
        return new(
            IdOf(notice.NoticeId, channelId),
            notice.NoticeId,
            Word(notice.Kind),
            notice.At,
            options.Workspace,
            rule,
            notice.Kind == NoticeKind.Digest ? Title(notice) : Title(notice.Items[0]),
            notice.Items.Count == 1 ? items[0].Url : $"{_base}/incidents",
            Color(notice.Items),
            items,
            rest
        );
    }

    /// <summary>What the test button sends.</summary>
    public NoticeMessage Test(Guid id, string channel, DateTimeOffset now) =>
        new(
            id,
            id,
            "test",
            now,
            options.Workspace,
            null,
            $"Torch can reach the channel {channel}",
            $"{_base}/settings/notices",
            "#2f6fde",
            [],
            0
        );

    private MessageItem Item(NoticeItem item) => new(item, Headline(item), $"{_base}/nodes/{item.NodeId}");

    private static string Headline(NoticeItem item) =>
        (item.Path is { } path ? $"{path} / {item.Name}" : item.Name) + Verb(item);

    private static string Verb(NoticeItem item) =>
        item.Kind switch
        {
            NoticeKind.Recovery => $" is {item.Status} again{After(item)}",
            NoticeKind.Repeat => $" is still {item.Status}, since {Time(item.Since)}",
            NoticeKind.Escalation => $" is {item.Status} since {Time(item.Since)}, and nobody has acknowledged it",
            NoticeKind.Worse => $" is {item.Status} now",
            _ => $" is {item.Status}",
        };

    private static string After(NoticeItem item) => item.EndedAt is { } end ? $", {Time(end)}" : "";

    private static string Time(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static string Title(NoticeItem item) =>
        $"[{(item.Kind == NoticeKind.Recovery ? item.Status : item.Severity).ToUpperInvariant()}] {item.Name}{Verb(item)}";

    private static string Title(NoticeRaised notice)
    {
        var kinds = notice
            .Items.Select(i => i.Kind)
            .Concat((notice.Rest ?? []).Select(r => r.Kind))
            .GroupBy(k => k)
            .OrderBy(g => g.Key)
            .Select(g => $"{g.Count()} {Plural(g.Key)}");
        return $"{notice.Items.Count + (notice.Rest?.Count ?? 0)} incidents: {string.Join(", ", kinds)}";
    }

    private static string Plural(NoticeKind kind) =>
        kind switch
        {
            NoticeKind.Problem => "new",
            NoticeKind.Worse => "worse",
            NoticeKind.Escalation => "unacknowledged",
            NoticeKind.Repeat => "going on",
            NoticeKind.Recovery => "over",
            _ => "",
        };

    /// <summary>A kind as the API and receivers write it.</summary>
    public static string Word(NoticeKind kind) => kind.ToString().ToLowerInvariant();

    private static string Color(IReadOnlyList<NoticeItem> items) =>
        items.All(i => i.Kind == NoticeKind.Recovery) ? "#2e9e5b"
        : items.Any(i => i.Severity is StatusCatalog.Down or StatusCatalog.Critical) ? "#d64545"
        : "#d9902f";
}
