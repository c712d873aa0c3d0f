using Torch.Contracts;
using Torch.Domain;
using Torch.Server.Auth;
using Model = Torch.Domain.Checks;

namespace Torch.Server.Features.Checks;

internal static class CreateCheck
{
    /// <summary>Create a check.</summary>
    /// <remarks>An HTTP probe runs from now on. A report's check exists as soon as its source has reported; creating it gives it a name and settings.</remarks>
    /// <response code="201">Created.</response>
    public static Task<IResult> Handle(
        HttpContext http,
        CheckValidator validator,
        Commands commands,
        JournalStreams streams,
        Secrets secrets
    ) => commands.RunAsync(http, validator, (wanted, ct) => DecideAsync(http, wanted, streams, secrets, ct));

    private static async Task<Change> DecideAsync(
        HttpContext http,
        CheckRequest wanted,
        JournalStreams streams,
        Secrets secrets,
        CancellationToken ct
    )
    {
        // A source has one check, whoever names it first: its reports or this command.
        var id = wanted.Source is { } source ? CheckIds.OfSource(source) : Guid.CreateVersion7();
        await http.RequireWithinAsync(id);
        var (check, version) = await streams.CheckAsync(id, ct);
        var settings = CheckSecrets.Stored(CheckMapping.Settings(wanted), null, secrets);
        var events = Model.Check.Create(check, id, settings).EventsOrRefuse();
        return Change.Of(
            id,
            JournalStreams.OfCheck(id, events, version, EventHeaders.Of(http)),
            $"/api/v1/checks/{id}"
        );
    }
}
