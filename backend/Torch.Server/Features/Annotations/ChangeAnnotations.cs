using FluentValidation;
using Torch.Contracts;
using Torch.Domain.Annotations;
using Torch.EventStore;
using Torch.Server.Auth;
using Torch.Server.Http;

namespace Torch.Server.Features.Annotations;

internal static class PostAnnotation
{
    /// <summary>Say what happened to a node.</summary>
    /// <remarks>
    /// Timelines of the node and of all below it show it, so that everybody sees what a change of status followed. It changes no status.
    /// A key that may only report may say it too, unless it has a source prefix.
    /// </remarks>
    /// <response code="201">Added.</response>
    public static Task<IResult> Handle(
        Guid id,
        HttpContext http,
        AnnotationValidator validator,
        Commands commands,
        JournalStreams streams,
        TimeProvider time
    )
    {
        http.RequireAnySource();
        return commands.RunAsync(
            http,
            validator,
            async (wanted, _) =>
            {
                var (text, kind, link, at) = wanted;
                var node = await streams.ExistingNodeAsync(http, id);
                var annotation = Guid.CreateVersion7();
                var events = Annotation
                    .Add(
                        annotation,
                        id,
                        (Domain.Annotations.AnnotationKind)kind,
                        text,
                        link,
                        (at ?? time.GetUtcNow()).ToUniversalTime()
                    )
                    .EventsOrRefuse();
                var append = Journaled.Annotation.Append(annotation, events, 0, EventHeaders.Of(http));
                // The node may be deleted meanwhile: then it is decided again.
                var still = new StreamAppend(Log.Journal, id, [], null, node.Version);
                return new(annotation, [append, still], events.Count, $"/api/v1/annotations/{annotation}");
            }
        );
    }
}

internal static class DeleteAnnotation
{
    /// <summary>Take an annotation back.</summary>
    /// <remarks>No timeline shows it any more. That it was there stays in the audit trail.</remarks>
    public static Task<IResult> Handle(Guid id, HttpContext http, Commands commands, JournalStreams streams) =>
        commands.RunAsync(http, _ => streams.ChangeAsync(Journaled.Annotation, id, http, a => a.Remove()));
}

/// <summary>The frame of an annotation; what may be a link is judged by the domain.</summary>
internal sealed class AnnotationValidator : AbstractValidator<AnnotationRequest>
{
    public AnnotationValidator(TimeProvider time)
    {
        RuleFor(a => a.Text).Name();
        RuleFor(a => a.At).NotAhead(time);
    }
}
