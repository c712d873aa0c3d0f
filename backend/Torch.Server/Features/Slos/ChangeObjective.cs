using FluentValidation;
using Torch.Contracts;
using Torch.Server.Auth;
using Torch.Server.Http;
using Model = Torch.Domain.Slo;

namespace Torch.Server.Features.Slos;

internal static class PostObjective
{
    /// <summary>Promise something of a node.</summary>
    /// <response code="201">Created.</response>
    public static Task<IResult> Handle(
        HttpContext http,
        ObjectiveValidator validator,
        Commands commands,
        ObjectiveGround ground
    ) =>
        commands.RunAsync(
            http,
            validator,
            async (wanted, ct) =>
            {
                await ground.RequireAsync(wanted, ct);
                await http.RequireWithinAsync(wanted.NodeId);
                var id = Guid.CreateVersion7();
                var events = Model.Objective.Create(id, SloMapping.Settings(wanted)).EventsOrRefuse();
                var append = Journaled.Objective.Append(id, events, 0, EventHeaders.Of(http));
                return new Change(id, [append], events.Count, $"/api/v1/slos/{id}");
            }
        );
}

internal static class PutObjective
{
    /// <summary>Promise something else.</summary>
    /// <remarks>Reports at earlier positions keep what was promised then; exclusions stay.</remarks>
    public static Task<IResult> Handle(
        Guid id,
        HttpContext http,
        ObjectiveValidator validator,
        Commands commands,
        ObjectiveGround ground,
        JournalStreams streams
    ) =>
        commands.RunAsync(
            http,
            validator,
            async (wanted, ct) =>
            {
                await ground.RequireAsync(wanted, ct);
                await http.RequireWithinAsync(wanted.NodeId);
                return await streams.ChangeAsync(
                    Journaled.Objective,
                    id,
                    http,
                    o => o.Change(SloMapping.Settings(wanted))
                );
            }
        );
}

internal static class DeleteObjective
{
    /// <summary>Delete an objective.</summary>
    /// <remarks>Its reports at earlier positions can still be made.</remarks>
    public static Task<IResult> Handle(Guid id, HttpContext http, Commands commands, JournalStreams streams) =>
        commands.RunAsync(http, [], _ => streams.ChangeAsync(Journaled.Objective, id, http, o => o.Delete()));
}

internal static class PostExclusion
{
    /// <summary>Leave a span out of an objective.</summary>
    /// <remarks>It may be over, or lie ahead. Who said so, and why, stands in the log and in each report from then on. The answer's id is the exclusion's.</remarks>
    /// <response code="201">Excluded.</response>
    public static Task<IResult> Handle(
        Guid id,
        HttpContext http,
        ExclusionValidator validator,
        Commands commands,
        JournalStreams streams
    ) =>
        commands.RunAsync(
            http,
            validator,
            async (wanted, _) =>
            {
                var (from, to, reason) = wanted;
                var exclusion = Guid.CreateVersion7();
                var change = await streams.ChangeAsync(
                    Journaled.Objective,
                    id,
                    http,
                    o => o.Exclude(exclusion, from.ToUniversalTime(), to.ToUniversalTime(), reason),
                    reason
                );
                return change with { Id = exclusion, Location = $"/api/v1/slos/{id}/exclusions/{exclusion}" };
            }
        );
}

internal static class DeleteExclusion
{
    /// <summary>Let a span count again.</summary>
    public static Task<IResult> Handle(
        Guid id,
        Guid exclusionId,
        HttpContext http,
        Commands commands,
        JournalStreams streams
    ) =>
        commands.RunAsync(
            http,
            [],
            _ => streams.ChangeAsync(Journaled.Objective, id, http, o => o.Include(exclusionId))
        );
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
