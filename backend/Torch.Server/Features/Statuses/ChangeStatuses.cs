using Torch.Contracts;
using Torch.Domain;
using Torch.Domain.Statuses;
using Torch.Server.Http;

namespace Torch.Server.Features.Statuses;

internal static class PostStatus
{
    /// <summary>Define a status of the workspace's own.</summary>
    /// <remarks>Rules, roll-ups, contributions and reports can name it from then on. Built-in names are reserved.</remarks>
    public static Task<IResult> Handle(HttpContext http, Commands commands, Catalogue catalogue) =>
        commands.RunAsync<DefineStatus>(
            http,
            null,
            (wanted, ct) =>
            {
                var (name, label, severity, available, shape, colour) = wanted;
                var status = new Status(name, label, severity, available, shape, Colour: colour);
                return StatusChange.DecideAsync(
                    http,
                    catalogue,
                    statuses => Task.FromResult(statuses.Define(status)),
                    ct,
                    $"/api/v1/statuses/{name}"
                );
            }
        );
}

internal static class PutStatus
{
    /// <summary>Change a status of the workspace's own.</summary>
    /// <remarks>Every node is judged anew with it. Built-in statuses are the same in every workspace. What it means stays while a node shows it by hand.</remarks>
    public static Task<IResult> Handle(string name, HttpContext http, Commands commands, Catalogue catalogue) =>
        commands.RunAsync<StatusSettings>(
            http,
            null,
            (wanted, ct) =>
            {
                var (label, severity, available, shape, colour) = wanted;
                var status = new Status(name, label, severity, available, shape, Colour: colour);
                return StatusChange.DecideAsync(
                    http,
                    catalogue,
                    async statuses => statuses.Change(status, await catalogue.ByHandAsync(name, ct)),
                    ct
                );
            }
        );
}

internal static class DeleteStatus
{
    /// <summary>Remove a status of the workspace's own.</summary>
    /// <remarks>Refused while a rule, a roll-up or a contribution names it, or a node shows it by hand, with where. History keeps its name.</remarks>
    public static Task<IResult> Handle(string name, HttpContext http, Commands commands, Catalogue catalogue) =>
        commands.RunAsync(
            http,
            ct =>
                StatusChange.DecideAsync(
                    http,
                    catalogue,
                    async statuses => statuses.Remove(name, await catalogue.UsesAsync(name, ct)),
                    ct
                )
        );
}

/// <summary>A change of the catalogue, on the condition that it is still what If-Match says.</summary>
internal static class StatusChange
{
    public static async Task<Change> DecideAsync(
        HttpContext http,
        Catalogue catalogue,
        Func<StatusCatalog, Task<Decision>> decide,
        CancellationToken ct,
        string? location = null
    )
    {
        var (statuses, version) = await catalogue.NowAsync(ct);
        http.Request.RequireMatch(version);
        var events = (await decide(statuses)).EventsOrRefuse();
        return Change.Of(
            WellKnown.Statuses,
            JournalStreams.OfStatuses(events, version, EventHeaders.Of(http)),
            location
        );
    }
}
