using System.Text.Json;
using Torch.Contracts;
using Torch.Domain;
using Torch.Server.Auth;
using Torch.Server.Http;
using Model = Torch.Domain.Checks;

namespace Torch.Server.Features.Checks;

internal static class ChangeCheck
{
    /// <summary>Give a check other settings.</summary>
    /// <remarks>
    /// The whole of them: what is absent takes its default. The source stays, and so does the kind, except that a report may become a
    /// heartbeat and back. What GET answers beside the settings (<c>id</c>, <c>version</c>, <c>nodeIds</c>, <c>latest</c>, <c>nextBeat</c>)
    /// is passed over, so its answer can be changed and sent back. A secret that is sent back as it was shown stays as it is.
    /// </remarks>
    public static Task<IResult> Handle(
        Guid id,
        HttpContext http,
        CheckValidator validator,
        Commands commands,
        JournalStreams streams,
        Secrets secrets
    ) =>
        commands.RunAsync(
            http,
            validator,
            (wanted, ct) => DecideAsync(id, http, wanted, streams, secrets, ct),
            AsAnswered
        );

    private static readonly JsonSerializerOptions AsAnswered = ApiJson.Taking<CheckRequest>(
        "id",
        "nodeIds",
        "latest",
        "version",
        "nextBeat"
    );

    private static async Task<Change> DecideAsync(
        Guid id,
        HttpContext http,
        CheckRequest wanted,
        JournalStreams streams,
        Secrets secrets,
        CancellationToken ct
    )
    {
        if (!await streams.IsCheckAsync(id, ct))
            throw new FaultException(Fault.NotFound("check"));
        if (wanted.Source is { } source && CheckIds.OfSource(source) != id)
            throw new FaultException(SourceStays);
        var (check, version) = await streams.CheckAsync(id, ct);
        http.Request.RequireMatch(version);
        // Nobody created it, but reports made it: it listens to its source, and to nothing else.
        if (!check.Exists && CheckMapping.IsProbe(wanted.Kind))
            throw new FaultException(KindStays);
        var settings = CheckSecrets.Stored(CheckMapping.Settings(wanted), check.Settings, secrets);
        var decision = check.Exists ? check.Change(settings) : Model.Check.Create(check, id, settings);
        var events = decision.EventsOrRefuse();
        return Change.Of(id, JournalStreams.OfCheck(id, events, version, EventHeaders.Of(http)));
    }

    private static readonly Fault KindStays = new(
        422,
        "kind_changed",
        "A check keeps its kind: this one takes a source's reports.",
        new Dictionary<string, IReadOnlyList<string>> { ["/kind"] = ["must stay as it is"] }
    );

    private static readonly Fault SourceStays = new(
        422,
        "source_changed",
        "A check keeps its source: another source has a check of its own.",
        new Dictionary<string, IReadOnlyList<string>> { ["/source"] = ["must stay as it is"] }
    );
}
