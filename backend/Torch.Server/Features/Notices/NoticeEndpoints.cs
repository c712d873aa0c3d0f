using Torch.Contracts;
using Torch.Server.Auth;

namespace Torch.Server.Features.Notices;

internal static class NoticeEndpoints
{
    public static void MapNotices(this IEndpointRouteBuilder api)
    {
        var notices = api.MapGroup("/notices").WithTags("Notices").Needs(Right.Read, change: Right.Write);
        notices.MapGet("", ListNotices.Handle).WithName("ListNotices").Refuses(400);
        notices.MapGet("/{id:guid}", GetNotice.Handle).WithName("GetNotice").Refuses(404);
        notices
            .MapPost("/{id:guid}/channels/{channelId:guid}/replay", ReplayNotice.Handle)
            .WithName("ReplayNotice")
            .IsCommand()
            .Refuses(404);
        var rules = notices.MapGroup("/rules");
        rules.MapGet("", ListNoticeRules.Handle).WithName("ListNoticeRules").Refuses(400);
        rules
            .MapPost("", PostNoticeRule.Handle)
            .WithName("CreateNoticeRule")
            .Takes<NoticeRuleRequest>()
            .IsCommand(201)
            .Refuses(413, 415);
        rules.MapGet("/{id:guid}", GetNoticeRule.Handle).WithName("GetNoticeRule").Refuses(404);
        rules
            .MapPut("/{id:guid}", PutNoticeRule.Handle)
            .WithName("ChangeNoticeRule")
            .Takes<NoticeRuleRequest>()
            .IsCommand()
            .Refuses(404, 413, 415);
        rules.MapDelete("/{id:guid}", DeleteNoticeRule.Handle).WithName("DeleteNoticeRule").IsCommand().Refuses(404);
    }
}
