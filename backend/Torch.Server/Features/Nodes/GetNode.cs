using Npgsql;
using Torch.Contracts;
using Torch.Server.Evaluating;
using Torch.Server.Http;
using Torch.Server.Projecting;

namespace Torch.Server.Features.Nodes;

internal static class GetNode
{
    /// <summary>One node with its status, its children and the way to it.</summary>
    public static async Task<NodeView> Handle(
        Guid id,
        HttpContext http,
        NpgsqlDataSource db,
        IReadPosition reads,
        IEvaluation evaluation,
        CancellationToken cancellationToken
    )
    {
        var position = reads.Position;
        var row = await NodeReading.OneAsync(db, id, cancellationToken);
        var nodes = await NodeReading.PlaceAsync(db, [row], position, cancellationToken);
        http.Response.SetETag(row.Version);
        return nodes[0] with { Pending = Marking.Pending(evaluation.Explain(id)) };
    }
}
