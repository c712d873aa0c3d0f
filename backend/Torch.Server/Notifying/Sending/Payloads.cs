using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Torch.Domain.Notices;
using Torch.Server.Http;

namespace Torch.Server.Notifying.Sending;

/// <summary>A message in the JSON of each service.</summary>
internal static class Payloads
{
    // What the services take at most, with some room.
    private const int MostItems = 20;
    private const int MostText = 3_500;

    public static byte[] Of(ChannelKind kind, NoticeMessage message) =>
        kind switch
        {
            ChannelKind.Webhook => Webhook(message),
            ChannelKind.Slack => Bytes(Slack(message)),
            ChannelKind.Mattermost => Bytes(Mattermost(message)),
            ChannelKind.Discord => Bytes(Discord(message)),
            ChannelKind.Teams => Bytes(Teams(message)),
            ChannelKind.Alertmanager => Bytes(Alerts(message)),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "is not posted"),
        };

    // Standard Webhooks: type, timestamp, data.
    private static byte[] Webhook(NoticeMessage message) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                type = message.Kind is "test" ? "notice.test" : $"incident.{message.Kind}",
                timestamp = message.At,
                data = new
                {
                    noticeId = message.NoticeId,
                    message.Kind,
                    message.Workspace,
                    message.Rule,
                    message.Title,
                    message.Text,
                    message.Url,
                    message.More,
                    incidents = message.Items.Select(Incident),
                },
            },
            ApiJson.Output
        );

    private static object Incident(MessageItem item) =>
        new
        {
            id = item.Item.IncidentId,
            kind = MessageWriting.Word(item.Item.Kind),
            item.Item.NodeId,
            item.Item.Name,
            item.Item.Path,
            item.Item.Status,
            item.Item.Severity,
            item.Item.Since,
            reason = item.Item.Sentence,
            item.Item.Affected,
            item.Item.AffectedCount,
            item.Item.EndedAt,
            item.Url,
        };

    private static JsonObject Slack(NoticeMessage message) =>
        new()
        {
            ["text"] = message.Title,
            ["attachments"] = new JsonArray(
                new JsonObject
                {
                    ["color"] = message.Color,
                    ["blocks"] = new JsonArray([
                        Section($"*<{message.Url}|{Escaped(message.Title)}>*"),
                        .. message
                            .Items.Take(MostItems)
                            .Select(i => Section(Cut(Escaped(Body(i)) + $"\n<{i.Url}|Why?>"))),
                        .. More(message).Select(Section),
                    ]),
                }
            ),
        };

    private static JsonNode Section(string text) =>
        new JsonObject
        {
            ["type"] = "section",
            ["text"] = new JsonObject { ["type"] = "mrkdwn", ["text"] = text },
        };

    private static JsonObject Mattermost(NoticeMessage message) =>
        new()
        {
            ["text"] = "",
            ["attachments"] = new JsonArray(
                new JsonObject
                {
                    ["fallback"] = message.Title,
                    ["color"] = message.Color,
                    ["title"] = message.Title,
                    ["title_link"] = message.Url,
                    ["text"] = Markdown(message),
                }
            ),
        };

    private static JsonObject Discord(NoticeMessage message) =>
        new()
        {
            // Nobody is to be called by the name of a node.
            ["allowed_mentions"] = new JsonObject { ["parse"] = new JsonArray() },
            ["embeds"] = new JsonArray(
                new JsonObject
                {
                    ["title"] = message.Title.Length > 250 ? message.Title[..250] : message.Title,
                    ["url"] = message.Url,
                    ["description"] = Markdown(message),
                    ["color"] = int.Parse(message.Color[1..], NumberStyles.HexNumber, CultureInfo.InvariantCulture),
                    ["timestamp"] = message.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
                }
            ),
        };

    private static JsonObject Teams(NoticeMessage message) =>
        new()
        {
            ["type"] = "message",
            ["attachments"] = new JsonArray(
                new JsonObject
                {
                    ["contentType"] = "application/vnd.microsoft.card.adaptive",
                    ["content"] = new JsonObject
                    {
                        ["type"] = "AdaptiveCard",
                        ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
                        ["version"] = "1.4",
                        ["body"] = new JsonArray([
                            Block(message.Title, "Bolder"),
                            .. message.Items.Take(MostItems).Select(i => Block(Cut(Body(i) + $"\n\n[Why?]({i.Url})"))),
                            .. More(message).Select(m => Block(m)),
                        ]),
                        ["actions"] = new JsonArray(
                            new JsonObject
                            {
                                ["type"] = "Action.OpenUrl",
                                ["title"] = "Open in Torch",
                                ["url"] = message.Url,
                            }
                        ),
                    },
                }
            ),
        };

    private static JsonNode Block(string text, string weight = "Default") =>
        new JsonObject
        {
            ["type"] = "TextBlock",
            ["text"] = text,
            ["wrap"] = true,
            ["weight"] = weight,
        };

    // Alertmanager forgets an alert that has no end after five minutes: what goes on ends in a year, and a recovery ends it.
    private static JsonArray Alerts(NoticeMessage message) =>
        message.Items.Count == 0 ? [Alert(message)] : [.. message.Items.Select(i => (JsonNode)Alert(message, i))];

    private static JsonObject Alert(NoticeMessage message, MessageItem item) =>
        new()
        {
            ["labels"] = new JsonObject
            {
                ["alertname"] = "TorchIncident",
                ["severity"] = item.Item.Severity,
                ["node"] = item.Item.Name,
                ["incident"] = item.Item.IncidentId,
            },
            ["annotations"] = new JsonObject { ["summary"] = item.Headline, ["description"] = item.Item.Sentence },
            ["startsAt"] = item.Item.Since,
            ["endsAt"] = item.Item.EndedAt ?? message.At.AddDays(365),
            ["generatorURL"] = item.Url,
        };

    private static JsonObject Alert(NoticeMessage message) =>
        new()
        {
            ["labels"] = new JsonObject { ["alertname"] = "TorchTest", ["severity"] = "up" },
            ["annotations"] = new JsonObject { ["summary"] = message.Title },
            ["startsAt"] = message.At,
            ["endsAt"] = message.At.AddMinutes(1),
            ["generatorURL"] = message.Url,
        };

    private static string Markdown(NoticeMessage message) =>
        Cut(
            string.Join(
                "\n\n",
                [.. message.Items.Take(MostItems).Select(i => $"{Body(i)}\n[Why?]({i.Url})"), .. More(message)]
            )
        );

    private static string Body(MessageItem item) => string.Join('\n', item.Lines.Take(item.Lines.Count - 1));

    private static IEnumerable<string> More(NoticeMessage message)
    {
        var more = message.More + Math.Max(0, message.Items.Count - MostItems);
        return more > 0 ? [$"... and {more} more: {message.Url}"] : [];
    }

    private static string Cut(string text) => text.Length > MostText ? text[..MostText] + "..." : text;

    // Slack's own three, which would otherwise make links and mentions.
    private static string Escaped(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);

    private static byte[] Bytes(JsonNode json) => JsonSerializer.SerializeToUtf8Bytes(json, ApiJson.Output);
}
