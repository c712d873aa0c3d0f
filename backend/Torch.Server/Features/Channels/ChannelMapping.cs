using System.Net.Mail;
using FluentValidation;
using Torch.Contracts;
using Torch.Domain.Notices;
using Torch.Server.Http;
using Torch.Server.Notifying.Sending;
using ChannelKind = Torch.Contracts.ChannelKind;
using SmtpSecurity = Torch.Contracts.SmtpSecurity;

namespace Torch.Server.Features.Channels;

/// <summary>Channels between the API's words and the domain's; their enums have the same members.</summary>
internal static class ChannelMapping
{
    /// <param name="former">The target of the channel as it is; null for a new one.</param>
    public static ChannelSettings Settings(ChannelRequest request, string? former) =>
        new(
            request.Name,
            (Domain.Notices.ChannelKind)(int)request.Kind,
            request.Email is { } mail ? string.Join(", ", mail.To)
                : request.Url is { } url ? HostOf(url)
                : former ?? "",
            request.Enabled ?? true,
            request.Email is { } email ? Settings(email) : null
        );

    /// <summary>What the request says of secrets, in plain text; an empty one takes it away.</summary>
    public static Dictionary<string, string> Secrets(ChannelRequest request)
    {
        var secrets = new Dictionary<string, string>(StringComparer.Ordinal);
        Add(ChannelSecret.Url, request.Url);
        Add(ChannelSecret.Authorization, request.Authorization);
        Add(ChannelSecret.Signing, request.SigningSecret);
        Add(ChannelSecret.Password, request.Email?.Password);
        return secrets;

        void Add(string name, string? secret)
        {
            if (secret is not null)
                secrets[name] = secret;
        }
    }

    private static EmailSettings Settings(EmailChannel mail)
    {
        var security = (Domain.Notices.SmtpSecurity)(int)(mail.Security ?? SmtpSecurity.StartTls);
        var port = mail.Port ?? (security == Domain.Notices.SmtpSecurity.Tls ? 465 : 587);
        return new(mail.Host, port, security, mail.From, [.. mail.To], mail.User);
    }

    // What follows the host may be a token.
    private static string HostOf(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) ? $"{address.Scheme}://{address.Authority}" : "";
}

/// <summary>The frame of a channel; what belongs to which kind is judged by the domain.</summary>
internal sealed class ChannelValidator : AbstractValidator<ChannelRequest>
{
    public ChannelValidator()
    {
        RuleFor(c => c.Name).Name();
        RuleFor(c => c.Kind).IsInEnum();
        RuleFor(c => c.Url)
            .Must(url => url is null || IsHttp(url))
            .WithMessage("must be an http or https address without a user, of at most 2083 characters");
        RuleFor(c => c.Authorization)
            .Must(value => value is null || (value.Length <= 4_096 && !value.Any(c => c is < ' ' or > '~')))
            .WithMessage("must be printable ASCII of at most 4096 characters");
        RuleFor(c => c.SigningSecret)
            .Must(secret => secret is null || WebhookSignature.IsSecret(secret))
            .WithMessage("must be whsec_ and 24 to 64 bytes in base64");
        RuleFor(c => c.SigningSecret)
            .Null()
            .When(c => c.Kind != ChannelKind.Webhook)
            .WithMessage("only the messages of a webhook are signed");
        RuleFor(c => c.Email).SetValidator(new EmailValidator()!);
    }

    private static bool IsHttp(string url) =>
        url.Length <= 2_083
        && Uri.TryCreate(url, UriKind.Absolute, out var address)
        && address.Scheme is "http" or "https"
        && Uri.TryCreate(url, UriKind.Absolute, out var parts)
        && parts.UserInfo.Length == 0
        && parts.Host.Length > 0;
}

internal sealed class EmailValidator : AbstractValidator<EmailChannel>
{
    private const int MostRecipients = 50;

    public EmailValidator()
    {
        RuleFor(m => m.Host)
            .Must(host => Uri.CheckHostName(host) != UriHostNameType.Unknown)
            .WithMessage("must be a host's name or address");
        RuleFor(m => m.From).Must(IsAddress).WithMessage("must be an e-mail address");
        RuleFor(m => m.To)
            .Must(to => to is { Count: >= 1 and <= MostRecipients })
            .WithMessage($"must have 1 to {MostRecipients} addresses");
        RuleForEach(m => m.To).Must(IsAddress).WithMessage("must be an e-mail address");
        RuleFor(m => m.Port).InclusiveBetween(1, 65_535);
        RuleFor(m => m.Security).IsInEnum();
        RuleFor(m => m.User).Must(IsLine).WithMessage("must be one line of at most 320 characters");
        RuleFor(m => m.Password).Text();
    }

    private static bool IsLine(string? text) => text is null || (text.Length <= 320 && !text.Any(char.IsControl));

    // As it stands in the envelope: no display name, no line break, nothing that SMTP would have to quote.
    private static bool IsAddress(string? text) =>
        text is { Length: <= 254 }
        && MailAddress.TryCreate(text, out var address)
        && address.Address == text
        && !text.Any(c => c is <= ' ' or > '~' or '<' or '>' or '"' or ',');
}
