using FluentValidation;
using Torch.Contracts;
using Torch.Domain;
using Torch.Server.Auth;
using Torch.Server.Http;
using Model = Torch.Domain.Slo;

namespace Torch.Server.Features.Slos;

internal static class PostObjective
{
    /// <summary>Promise something of a node.</summary>
    /// <response code="201">Created.</response>
    public static async Task<IResult> Handle(
        HttpContext http,
        ObjectiveValidator validator,
        Commands commands,
        ObjectiveGround ground
    )
    {
        var body = await http.ReadJsonAsync(validator);
        return await commands.RunAsync(
            http,
            body.Bytes,
            async ct =>
            {
                await ground.RequireAsync(body.Value, ct);
                await http.RequireWithinAsync(body.Value.NodeId);
                var id = Guid.CreateVersion7();
                var events = Model.Objective.Create(id, SloMapping.Settings(body.Value)).EventsOrRefuse();
                var append = JournalStreams.OfObjective(id, events, 0, EventHeaders.Of(http));
                return new Change(id, [append], events.Count, $"/api/v1/slos/{id}");
            }
        );
    }
}

internal static class PutObjective
{
    /// <summary>Promise something else.</summary>
    /// <remarks>Reports at earlier positions keep what was promised then; exclusions stay.</remarks>
    public static async Task<IResult> Handle(
        Guid id,
        HttpContext http,
        ObjectiveValidator validator,
        Commands commands,
        ObjectiveGround ground,
        ObjectiveReading reading
    )
    {
        var body = await http.ReadJsonAsync(validator);
        return await commands.RunAsync(
            http,
            body.Bytes,
            async ct =>
            {
                await ground.RequireAsync(body.Value, ct);
                await http.RequireWithinAsync(body.Value.NodeId);
                return await ObjectiveChange.DecideAsync(
                    id,
                    http,
                    reading,
                    o => o.Change(SloMapping.Settings(body.Value))
                );
            }
        );
    }
}

internal static class DeleteObjective
{
    /// <summary>Delete an objective.</summary>
    /// <remarks>Its reports at earlier positions can still be made.</remarks>
    public static Task<IResult> Handle(Guid id, HttpContext http, Commands commands, ObjectiveReading reading) =>
        commands.RunAsync(http, [], _ => ObjectiveChange.DecideAsync(id, http, reading, o => o.Delete()));
}

internal static class PostExclusion
{
    /// <summary>Leave a span out of an objective.</summary>
    /// <remarks>It may be over, or lie ahead. Who said so, and why, stands in the log and in each report from then on. The answer's id is the exclusion's.</remarks>
    /// <response code="201">Excluded.</response>
    public static async Task<IResult> Handle(
        Guid id,
        HttpContext http,
        ExclusionValidator validator,
        Commands commands,
        ObjectiveReading reading
    )
    {
        var body = await http.ReadJsonAsync(validator);
        var (from, to, reason) = body.Value;
        return await commands.RunAsync(
            http,
            body.Bytes,
            async _ =>
            {
                var exclusion = Guid.CreateVersion7();
                var change = await ObjectiveChange.DecideAsync(
                    id,
                    http,
                    reading,
                    o => o.Exclude(exclusion, from.ToUniversalTime(), to.ToUniversalTime(), reason),
                    reason
                );
                return change with { Id = exclusion, Location = $"/api/v1/slos/{id}/exclusions/{exclusion}" };
            }
        );
    }
}

internal static class DeleteExclusion
{
    /// <summary>Let a span count again.</summary>
    public static Task<IResult> Handle(
        Guid id,
        Guid exclusionId,
        HttpContext http,
        Commands commands,
        ObjectiveReading reading
    ) => commands.RunAsync(http, [], _ => ObjectiveChange.DecideAsync(id, http, reading, o => o.Include(exclusionId)));
}

/// <summary>A change of one objective that exists.</summary>
internal static class ObjectiveChange
{
    public static async Task<Change> DecideAsync(
        Guid id,
        HttpContext http,
        ObjectiveReading reading,
        Func<Model.Objective, Decision> decide,
        string? reason = null
    )
    {
        var known = await reading.AtAsync(id, long.MaxValue, http.RequestAborted);
        if (!known.Objective.Exists)
            throw new FaultException(Fault.NotFound("objective"));
        await http.RequireWithinAsync(known.Objective.Settings!.NodeId);
        http.Request.RequireMatch(known.Version);
        var events = decide(known.Objective).EventsOrRefuse();
        var append = JournalStreams.OfObjective(id, events, known.Version, EventHeaders.Of(http, reason));
        return new Change(id, [append], known.Version + events.Count);
    }
}

/// <summary>The frame of an objective; what can be promised is judged by the domain.</summary>
internal sealed class ObjectiveValidator : AbstractValidator<ObjectiveRequest>
{
    private const int MostCounts = 100;

    public ObjectiveValidator()
    {
        RuleFor(o => o.Name).Name();
        RuleFor(o => o.Counts)
            .Must(counts => counts is null || counts.Count <= MostCounts)
            .WithMessage($"at most {MostCounts} statuses");
    }
}

/// <summary>An exclusion needs its reason.</summary>
internal sealed class ExclusionValidator : AbstractValidator<ExclusionRequest>
{
    public ExclusionValidator() =>
        RuleFor(e => e.Reason)
            .Text()
            .Must(reason => !string.IsNullOrWhiteSpace(reason))
            .WithMessage("must not be empty");
}
