using Torch.Contracts;
using Torch.Server.Auth;

namespace Torch.Server.Features.Maintenance;

internal static class MaintenanceEndpoints
{
    public static void MapMaintenance(this IEndpointRouteBuilder api)
    {
        var windows = api.MapGroup("/maintenance")
            .WithTags("Maintenance")
            .Needs(Right.Read, change: Right.Write)
            .WithinHierarchies();
        windows.MapGet("", ListWindows.Handle).WithName("ListMaintenance").WithinSight().Refuses(400);
        windows
            .MapGet("/calendar", GetCalendar.Handle)
            .WithName("GetMaintenanceCalendar")
            .WithinSight()
            .Refuses(400, 422);
        windows.MapGet("/{id:guid}", GetWindow.Handle).WithName("GetMaintenance").WithinSight().Refuses(404);
        windows
            .MapPost("", PostWindow.Handle)
            .WithName("ScheduleMaintenance")
            .Takes<MaintenanceRequest>()
            .IsCommand(201)
            .Refuses(413, 415);
        windows
            .MapPut("/{id:guid}", PutWindow.Handle)
            .WithName("ChangeMaintenance")
            .Takes<MaintenanceRequest>()
            .IsCommand()
            .Refuses(404, 413, 415);
        windows.MapDelete("/{id:guid}", DeleteWindow.Handle).WithName("DeleteMaintenance").IsCommand().Refuses(404);
        windows.MapPost("/{id:guid}/end", EndWindow.Handle).WithName("EndMaintenance").IsCommand().Refuses(404);
    }
}
