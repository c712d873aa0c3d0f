using Torch.Contracts;
using Torch.Server.Http;

namespace Torch.Server.Features;

/// <summary>What endpoints say of themselves in the OpenAPI document.</summary>
internal static class Operations
{
    /// <summary>States which refusals an operation knows beside those that all share.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder builder, params int[] statuses)
    {
        foreach (var status in statuses)
            builder.WithMetadata(Refusal(status));
        return builder;
    }

    /// <summary>A read that takes <c>asOf</c> and <c>atPosition</c>.</summary>
    public static RouteHandlerBuilder AnswersForThePast(this RouteHandlerBuilder builder) =>
        builder.WithMetadata(PastMark.Instance).Refuses(400);

    /// <summary>The body that an operation reads by itself.</summary>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder builder)
        where T : notnull => builder.Accepts<T>("application/json");

    /// <summary>A command on a node or check: the common shape of its answer and refusals.</summary>
    public static RouteHandlerBuilder IsCommand(
        this RouteHandlerBuilder builder,
        int success = StatusCodes.Status200OK
    ) =>
        builder
            .Produces<Accepted>(success)
            .WithMetadata(CommandMetadata.Instance, IdempotentMetadata.Instance)
            .Refuses(400, 409, 412, 422);

    public static ProducesResponseTypeMetadata Refusal(int status) =>
        new(status, typeof(Problem), [Problems.MediaType]);
}

/// <summary>Marks an operation that takes If-Match and answers an ETag.</summary>
internal sealed class CommandMetadata
{
    public static CommandMetadata Instance { get; } = new();
}

/// <summary>Marks an operation that takes Idempotency-Key.</summary>
internal sealed class IdempotentMetadata
{
    public static IdempotentMetadata Instance { get; } = new();
}
