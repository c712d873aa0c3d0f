using Torch.Domain.Notices;

namespace Torch.Server.Notifying;

/// <summary>What a channel is to say.</summary>
/// <param name="Id">Of this notice on this channel: the same however often it is sent.</param>
/// <param name="Kind">In lower case: <c>problem</c>, <c>recovery</c>, <c>digest</c>, <c>test</c>...</param>
/// <param name="Title">One line.</param>
/// <param name="Url">The page that explains.</param>
/// <param name="Color"><c>#rrggbb</c>, for services that draw one.</param>
internal sealed record NoticeMessage(
    Guid Id,
    Guid NoticeId,
    string Kind,
    DateTimeOffset At,
    string Workspace,
    string? Rule,
    string Title,
    string Url,
    string Color,
    IReadOnlyList<MessageItem> Items,
    int More
)
{
    /// <summary>The whole message as lines of text.</summary>
    public string Text =>
        string.Join(
            '\n',
            [.. Items.SelectMany(i => i.Lines), .. More > 0 ? [$"... and {More} more: {Url}"] : (string[])[]]
        );
}

/// <summary>One incident of a message.</summary>
/// <param name="Headline">Such as <c>Shop / Payments / api is down</c>.</param>
/// <param name="Url">The node's page, which explains its status.</param>
internal sealed record MessageItem(NoticeItem Item, string Headline, string Url)
{
    public IReadOnlyList<string> Lines =>
        [Headline, .. Item.Sentence.Length > 0 ? [Item.Sentence] : (string[])[], .. AffectedLine, Url];

    private string[] AffectedLine =>
        Item.AffectedCount switch
        {
            0 => [],
            var n when n > Item.Affected.Count =>
            [
                $"Affects {string.Join(", ", Item.Affected)} and {n - Item.Affected.Count} more.",
            ],
            _ => [$"Affects {string.Join(", ", Item.Affected)}."],
        };
}
