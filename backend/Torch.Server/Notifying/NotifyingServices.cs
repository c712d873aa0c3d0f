using Torch.Probes;
using Torch.Server.Features;
using Torch.Server.Features.Channels;
using Torch.Server.Features.Notices;
using Torch.Server.Notifying.Sending;
using Torch.Server.Notifying.Sending.Mail;

namespace Torch.Server.Notifying;

/// <summary>Everything that decides, writes and sends notices, and what reads of them.</summary>
internal static class NotifyingServices
{
    public static void AddNotifying(this IServiceCollection services, TorchOptions options)
    {
        services.AddSingleton(new Outbound(new AddressPolicy(options.AllowPrivateTargets)));
        services.AddSingleton<HttpPosting>().AddSingleton<MailSender>().AddSingleton<Sender>();
        services.AddSingleton<ChannelVault>().AddSingleton<MessageWriting>().AddSingleton<DeliveryLoop>();
        services.AddSingleton<NoticeHost>().AddHostedService(s => s.GetRequiredService<NoticeHost>());
        services.AddSingleton<NoticeReading>().AddSingleton<IncidentReading>().AddSingleton<NoticeRuleGround>();
        services.AddSingleton<ChannelValidator>().AddSingleton<NoticeRuleValidator>();
    }
}
