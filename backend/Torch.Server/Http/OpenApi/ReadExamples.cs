using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Torch.Contracts;

namespace Torch.Server.Http.OpenApi;

/// <summary>What reads of the past answer, and values that their parameters may have.</summary>
internal sealed class ReadExamples : ISchemaFilter, IOperationFilter
{
    private const string Node = "019a1fcc-16ae-773e-a891-b542ab02a1b2";
    private const string Parent = "019a1fcc-0d2f-7c55-9c0e-5d0f6a3e1b77";

    private const string Entry = $$$"""
        {"position":81723,"id":"019a1fd0-6f0a-7b8e-8a55-1c9f1c0b7a10","type":"rules_published","at":"2026-11-17T09:12:44.120331Z",
        "subject":{"kind":"node","id":"{{{Node}}}","name":"Payments"},"actor":"anna","origin":"10.0.0.7","reason":"two of three may fail",
        "correlationId":"019a1fd0-6f09-7f02-9d1c-2f4f0a7f3a55","before":{"rulesVersion":3},"after":{"rulesVersion":4}}
        """;

    private const string Then = $$$"""
        {"name":"Payments","path":["Shop","Payments"],"parentIds":["{{{Parent}}}"],"checkId":null,"tags":["team=money"],"paused":false,
        "status":"up","since":"2026-11-16T22:01:05.5Z","rulesVersion":3}
        """;

    private static readonly string After = Then.Replace("\"up\"", "\"degraded\"", StringComparison.Ordinal)
        .Replace("\"rulesVersion\":3", "\"rulesVersion\":4", StringComparison.Ordinal);

    /// <summary>By the type that is answered.</summary>
    public static IReadOnlyDictionary<Type, string> Answers { get; } =
        new Dictionary<Type, string>
        {
            [typeof(AuditEntry)] = Entry,
            [typeof(AuditDetail)] = $$$"""
                {"entry":{{{Entry}}},"causes":[],"effects":[{"relation":"decided","position":81790,"id":"019a1fd0-7a41-7d13-b1a5-60e3b6a6a1f2",
                "type":"node_transitioned","at":"2026-11-17T09:12:45.002211Z","subject":{"kind":"node","id":"{{{Node}}}","name":"Payments"},
                "actor":null,"reason":null,"sentence":"down -> degraded: Rule 1: 1 of 3 children are down"}],"effectCount":1,"position":90112}
                """,
            [typeof(TreeDiff)] = $$$"""
                {"from":{"position":81000,"at":"2026-11-17T09:00:00Z"},"to":{"position":90112,"at":"2026-11-21T18:00:00Z"},
                "counts":{"added":0,"check":0,"moved":0,"paused":0,"removed":0,"renamed":0,"rules":1,"status":1,"tags":0},"total":1,
                "nodes":[{"nodeId":"{{{Node}}}","name":"Payments","changes":["rules","status"],"before":{{{Then}}},"after":{{{After}}}}]}
                """,
            [typeof(ObjectiveReport)] = $$$"""
                {"objective":{"id":"019a1fe1-02b7-7a0d-a4c1-8a0f6b3f2d10","name":"Payments","target":99.9,"window":{"kind":"rolling","duration":"P30D",
                "period":null,"timeZone":null},"sli":{"kind":"time","threshold":null},"counts":{"up":"good","degraded":"good","down":"bad"},
                "policyVersion":2},"node":{"id":"{{{Node}}}","name":"Payments","deletedAt":null,"rulesVersion":4},"position":90112,
                "asOf":"2026-11-21T18:00:00Z","from":"2026-10-22T18:00:00Z","to":"2026-11-21T18:00:00Z","windowEnd":"2026-11-21T18:00:00Z",
                "unit":"ms","good":2591100000,"bad":900000,"excluded":0,"noData":0,"availability":99.965278,"met":true,
                "budget":{"total":2592000,"spent":900000,"left":1692000,"leftPercent":65.277778},
                "burn":[{"tier":"page","long":"PT1H","short":"PT5M","rate":0,"shortRate":0,"threshold":14.4,"firing":false}],
                "forecast":{"exhausted":false,"at":null},"statuses":{"up":2591100000,"down":900000},"outageCount":1,"mttr":"PT15M",
                "mtbf":"P29DT23H45M","outages":[{"from":"2026-11-19T03:10:00Z","to":"2026-11-19T03:25:00Z","duration":"PT15M","worst":"down",
                "cause":"Rule 1: 2 of 3 children are down"}],"exclusions":[],"nodes":null}
                """,
            [typeof(RankedNode)] = $$$"""
                {"rank":1,"nodeId":"{{{Node}}}","name":"Payments","path":["Shop","Payments"],"checkId":null,"checkKind":null,"status":"up",
                "availability":99.965278,"good":2591100000,"bad":900000,"excluded":0,"noData":0}
                """,
        };

    /// <summary>By the name of the parameter, which means the same wherever it stands.</summary>
    public static IReadOnlyDictionary<string, string> Parameters { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["asOf"] = "2026-11-20T18:00:00Z",
            ["knownAt"] = "now",
            ["from"] = "2026-11-01T00:00:00Z",
            ["to"] = "2026-12-01T00:00:00+01:00",
            ["atPosition"] = "81723",
            ["fromPosition"] = "81000",
            ["toPosition"] = "81723",
        };

    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is OpenApiSchema own && Answers.TryGetValue(context.Type, out var json))
            own.Examples = [JsonNode.Parse(json)!];
    }

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
            if (parameter.In == ParameterLocation.Query && Parameters.TryGetValue(parameter.Name ?? "", out var value))
                parameter.Example ??= value;
    }
}
