using Torch.Contracts;
using Torch.Server.Auth;
using Torch.Server.Features.Nodes.Backtests;
using Torch.Server.Features.Nodes.Rules;

namespace Torch.Server.Features.Nodes;

internal static class NodeEndpoints
{
    public static void MapBacktests(this IEndpointRouteBuilder api) =>
        api.MapPost("/backtests", PostBacktest.OfTree)
            .WithTags("Nodes")
            .WithName("BacktestTree")
            .Needs(Right.Read)
            .Takes<BacktestTree>()
            .Produces<BacktestView>()
            .Produces<BacktestLine>(200, BacktestAnswer.Lines)
            .Refuses(400, 404, 409, 410, 413, 415, 422);

    public static void MapNodes(this IEndpointRouteBuilder api)
    {
        var nodes = api.MapGroup("/nodes").WithTags("Nodes").Needs(Right.Read, change: Right.Write).WithinHierarchies();
        nodes.MapGet("", ListNodes.Handle).WithName("ListNodes").AnswersForThePast();
        nodes.MapPost("", PostNode.Handle).WithName("CreateNode").Takes<CreateNode>().IsCommand(201).Refuses(413, 415);
        nodes.MapGet("/{id:guid}", GetNode.Handle).WithName("GetNode").WithinSight().AnswersForThePast().Refuses(404);
        nodes
            .MapPatch("/{id:guid}", PatchNode.Handle)
            .WithName("ChangeNode")
            .Takes<ChangeNode>()
            .IsCommand()
            .Refuses(404, 413, 415);
        nodes.MapDelete("/{id:guid}", DeleteNode.Handle).WithName("DeleteNode").IsCommand().Refuses(404);
        nodes
            .MapGet("/{id:guid}/tree", GetTree.Handle)
            .WithName("GetTree")
            .WithinSight()
            .AnswersForThePast()
            .Refuses(404, 410, 422);
        nodes
            .MapGet("/{id:guid}/explain", Explain.Handle)
            .WithName("Explain")
            .WithinSight()
            .AnswersForThePast()
            .Refuses(404, 410);
        nodes
            .MapGet("/{id:guid}/transitions", ListTransitions.Handle)
            .WithName("ListTransitions")
            .WithinSight()
            .WithMetadata(KnownMark.Instance)
            .Refuses(400, 404);
        nodes
            .MapGet("/{id:guid}/observations", ListNodeObservations.Handle)
            .WithName("ListNodeObservations")
            .WithinSight()
            .Refuses(400, 404);
        nodes
            .MapGet("/{id:guid}/series", GetNodeSeries.Handle)
            .WithName("GetNodeSeries")
            .WithinSight()
            .Refuses(400, 404);
        nodes
            .MapPost("/{id:guid}/simulate", SimulateNode.Handle)
            .WithName("Simulate")
            .Needs(Right.Read)
            .Takes<Simulate>()
            .Refuses(400, 404, 413, 415, 422);
        nodes
            .MapPost("/move/preview", PreviewMove.Handle)
            .WithName("PreviewMove")
            .Takes<PreviewMoves>()
            .Refuses(400, 404, 409, 413, 415, 422);
        nodes
            .MapGet("/{id:guid}/causes", GetCauses.Handle)
            .WithName("GetCauses")
            .WithinSight()
            .AnswersForThePast()
            .Refuses(400, 404);
        MapMasks(nodes);
        MapEdges(nodes);
        MapDependencies(nodes);
        MapRules(nodes);
    }

    private static void MapMasks(RouteGroupBuilder nodes)
    {
        nodes
            .MapPut("/{id:guid}/acknowledgement", PutAcknowledgement.Handle)
            .WithName("AcknowledgeNode")
            .Takes<Acknowledge>()
            .IsCommand()
            .Refuses(404, 413, 415);
        nodes
            .MapDelete("/{id:guid}/acknowledgement", DeleteAcknowledgement.Handle)
            .WithName("WithdrawAcknowledgement")
            .IsCommand()
            .Refuses(404);
        nodes
            .MapPut("/{id:guid}/manual-status", PutManualStatus.Handle)
            .WithName("SetManualStatus")
            .Takes<SetManualStatus>()
            .IsCommand()
            .Refuses(404, 413, 415);
        nodes
            .MapDelete("/{id:guid}/manual-status", DeleteManualStatus.Handle)
            .WithName("ClearManualStatus")
            .IsCommand()
            .Refuses(404);
    }

    private static void MapEdges(RouteGroupBuilder nodes)
    {
        nodes
            .MapPost("/{id:guid}/move", PostMove.Handle)
            .WithName("MoveNode")
            .Takes<MoveNode>()
            .IsCommand()
            .Refuses(404, 413, 415);
        nodes
            .MapPut("/{id:guid}/parents/{parentId:guid}", PutParent.Handle)
            .WithName("LinkParent")
            .Takes<EdgeSettings>()
            .IsCommand()
            .Refuses(404, 413, 415);
        nodes
            .MapDelete("/{id:guid}/parents/{parentId:guid}", DeleteParent.Handle)
            .WithName("UnlinkParent")
            .IsCommand()
            .Refuses(404);
    }

    private static void MapDependencies(RouteGroupBuilder nodes)
    {
        nodes
            .MapGet("/{id:guid}/dependencies", GetDependencies.Handle)
            .WithName("GetDependencies")
            .WithinSight()
            .Refuses(404);
        nodes
            .MapPut("/{id:guid}/dependencies/{dependsOnId:guid}", PutDependency.Handle)
            .WithName("AddDependency")
            .IsCommand()
            .Refuses(404);
        nodes
            .MapDelete("/{id:guid}/dependencies/{dependsOnId:guid}", DeleteDependency.Handle)
            .WithName("RemoveDependency")
            .IsCommand()
            .Refuses(404);
    }

    private static void MapRules(RouteGroupBuilder nodes)
    {
        nodes
            .MapGet("/{id:guid}/rules", GetRules.Handle)
            .WithName("GetRules")
            .WithinSight()
            .AnswersForThePast()
            .Refuses(404);
        nodes
            .MapGet("/{id:guid}/rules/versions", ListRuleVersions.Handle)
            .WithName("ListRuleVersions")
            .WithinSight()
            .Refuses(404);
        nodes
            .MapPut("/{id:guid}/rules", PutRules.Handle)
            .WithName("PublishRules")
            .Takes<PublishRules>()
            .IsCommand()
            .Refuses(404, 413, 415);
        nodes
            .MapPost("/{id:guid}/rules/evaluate", EvaluateRules.Handle)
            .WithName("EvaluateRules")
            .Needs(Right.Read)
            .Takes<PublishRules>()
            .Produces<DraftEvaluation>()
            .Refuses(400, 404, 413, 415);
        nodes
            .MapPost("/{id:guid}/rules/backtest", PostBacktest.OfNode)
            .WithName("BacktestRules")
            .Needs(Right.Read)
            .Takes<BacktestRules>()
            .Produces<BacktestView>()
            .Produces<BacktestLine>(200, BacktestAnswer.Lines)
            .Refuses(400, 404, 410, 413, 415);
    }
}
