using System.Globalization;
using System.Net;
using System.Text;
using Torch.Domain.Notices;

namespace Torch.Server.Notifying.Sending.Mail;

/// <summary>A message as mail (RFC 5322, MIME): plain text and HTML, in base64, so that no line is too long for anybody.</summary>
internal static class MailText
{
    public static string Of(EmailSettings settings, NoticeMessage message)
    {
        var host = settings.From.Split('@')[^1];
        var part = "torch-" + message.Id.ToString("N");
        return string.Join(
            "\r\n",
            $"From: Torch <{settings.From}>",
            $"To: {string.Join(", ", settings.To)}",
            $"Subject: {Encoded(message.Title)}",
            $"Date: {message.At.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture)} +0000",
            // The same however often it is sent, so that a mailbox can drop the second.
            $"Message-ID: <{message.Id:N}@{host}>",
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
            $"Content-Type: multipart/alternative; boundary=\"{part}\"",
            "",
            $"--{part}",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: base64",
            "",
            Base64(Plain(message)),
            $"--{part}",
            "Content-Type: text/html; charset=utf-8",
            "Content-Transfer-Encoding: base64",
            "",
            Base64(Html(message)),
            $"--{part}--"
        );
    }

    private static string Plain(NoticeMessage message) =>
        message.Items.Count == 0
            ? $"{message.Title}\n\n{message.Url}\n"
            : string.Join("\n\n", message.Items.Select(i => string.Join('\n', i.Lines)))
                + (message.More > 0 ? $"\n\n... and {message.More} more: {message.Url}" : "")
                + "\n";

    private static string Html(NoticeMessage message)
    {
        var html = new StringBuilder("<!doctype html><html><body style=\"font-family:sans-serif\">");
        html.Append(CultureInfo.InvariantCulture, $"<h2 style=\"color:{message.Color}\">{Safe(message.Title)}</h2>");
        foreach (var item in message.Items)
            html.Append(
                CultureInfo.InvariantCulture,
                $"<p>{string.Join("<br>", item.Lines.Take(item.Lines.Count - 1).Select(Safe))}<br><a href=\"{Safe(item.Url)}\">Why?</a></p>"
            );
        var more = message.More > 0 ? $"... and {message.More} more" : "Open in Torch";
        html.Append(CultureInfo.InvariantCulture, $"<p><a href=\"{Safe(message.Url)}\">{more}</a></p>");
        return html.Append("</body></html>").ToString();
    }

    private static string Safe(string text) => WebUtility.HtmlEncode(text);

    private static string Base64(string text) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(text), Base64FormattingOptions.InsertLineBreaks);

    // RFC 2047: words of at most 45 bytes, cut between characters.
    private static string Encoded(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Encoding.UTF8.GetByteCount(word.ToString()) + rune.Utf8SequenceLength > 45)
                Flush();
            word.Append(rune);
        }
        Flush();
        return string.Join("\r\n ", words);

        void Flush()
        {
            words.Add($"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(word.ToString()))}?=");
            word.Clear();
        }
    }
}
