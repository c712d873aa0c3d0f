using Torch.Contracts;
using Torch.Server.Auth;

namespace Torch.Server.Features.StatusPages;

internal static class StatusPageEndpoints
{
    public static void MapStatusPages(this IEndpointRouteBuilder api)
    {
        var pages = api.MapGroup("/status-pages").WithTags("Status pages").Needs(Right.Read, change: Right.Admin);
        pages.MapGet("", ListStatusPages.Handle).WithName("ListStatusPages").Refuses(400);
        pages
            .MapPost("", PostStatusPage.Handle)
            .WithName("CreateStatusPage")
            .Takes<StatusPageRequest>()
            .IsCommand(201)
            .Refuses(413, 415);
        pages.MapGet("/{id:guid}", GetStatusPage.Handle).WithName("GetStatusPage").Refuses(404);
        pages
            .MapPut("/{id:guid}", PutStatusPage.Handle)
            .WithName("ChangeStatusPage")
            .Takes<StatusPageRequest>()
            .IsCommand()
            .Refuses(404, 413, 415);
        pages.MapDelete("/{id:guid}", DeleteStatusPage.Handle).WithName("DeleteStatusPage").IsCommand().Refuses(404);
    }

    /// <summary>Open to everybody: they answer for what somebody published, and for nothing else.</summary>
    public static void MapPublic(this IEndpointRouteBuilder app)
    {
        var open = app.MapGroup("").WithTags("Status pages").Needs(Right.Anonymous);
        open.MapGet("/status/page.css", PublicPage.Style).ExcludeFromDescription();
        open.MapGet("/status/page.js", PublicPage.Script).ExcludeFromDescription();
        open.MapGet("/status/{slug}", PublicPage.Html)
            .WithName("GetPublicPage")
            .Produces<string>(200, "text/html")
            .Refuses(404);
        open.MapGet("/status/{slug}/status.json", PublicPage.Json)
            .WithName("GetPublicStatus")
            .Produces<PublicStatus>()
            .Refuses(404);
        open.MapGet("/status/{slug}/feed.atom", PublicPage.Feed)
            .WithName("GetPublicFeed")
            .Produces<string>(200, "application/atom+xml")
            .Refuses(404);
        open.MapGet("/badge/{node:guid}/status.svg", Badges.Status)
            .WithName("GetStatusBadge")
            .Produces<string>(200, "image/svg+xml")
            .Refuses(404);
        open.MapGet("/badge/{node:guid}/uptime.svg", Badges.Uptime)
            .WithName("GetUptimeBadge")
            .Produces<string>(200, "image/svg+xml")
            .Refuses(400, 404);
    }
}
