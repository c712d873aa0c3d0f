using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Torch.Contracts;

namespace Torch.Server.Http.OpenApi;

/// <summary>One example per request, ready to be sent.</summary>
internal sealed class RequestExamples : ISchemaFilter
{
    private static readonly Dictionary<Type, string> Examples = new()
    {
        [typeof(ReportRequest)] =
            """{"source":"backup/db1","value":42,"message":"42 GB in 12 minutes","metrics":{"disk.used":0.8}}""",
        [typeof(V1ReportRequest)] =
            """{"report_id":"queue","title":"Queue","description":"messages waiting","value":17}""",
        [typeof(CheckRequest)] =
            """{"name":"Shop front page","kind":"http","interval":"PT30S","http":{"url":"https://shop.example/","expect":{"statusCodes":["200-299"],"bodyMatches":"Welcome"}}}""",
        [typeof(CreateNode)] = """{"name":"Payments","tags":["team=money"]}""",
        [typeof(ChangeNode)] = """{"name":"Payments API","reason":"the team's own name for it"}""",
        [typeof(MoveNode)] = """{"parentId":"019a1fcc-16ae-773e-a891-b542ab02a1b2"}""",
        [typeof(EdgeSettings)] = """{"weight":2,"required":true,"contribution":"as-is"}""",
        [typeof(PublishRules)] =
            """{"rules":[{"when":"count(children where status >= critical) >= 2","then":"down"}],"rollUp":"worst","match":"first","reason":"two of three may fail"}""",
        [typeof(DefineStatus)] =
            """{"name":"sluggish","label":"Sluggish","severity":15,"available":true,"shape":"triangle","colour":"#b08800"}""",
        [typeof(StatusSettings)] =
            """{"label":"Sluggish","severity":25,"available":true,"shape":"triangle","colour":"#b08800"}""",
        [typeof(MaintenanceRequest)] =
            """{"name":"Kernel updates","nodeIds":["019a1fcc-16ae-773e-a891-b542ab02a1b2"],"reason":"agreed with the shop","schedule":{"kind":"recurring","days":["sun"],"start":"02:00","duration":"PT2H","timeZone":"Europe/Berlin"}}""",
        [typeof(Acknowledge)] = """{"reason":"ticket 42: a disk is on its way"}""",
        [typeof(SetManualStatus)] =
            """{"status":"degraded","reason":"half the shelves are empty","until":"2026-12-24T18:00:00Z"}""",
        [typeof(ObjectiveRequest)] =
            """{"name":"Payments","nodeId":"019a1fcc-16ae-773e-a891-b542ab02a1b2","target":99.9,"window":{"kind":"rolling","duration":"P30D"}}""",
        [typeof(ExclusionRequest)] =
            """{"from":"2026-11-19T03:00:00Z","to":"2026-11-19T04:00:00Z","reason":"the provider's own maintenance, agreed with the customer"}""",
        [typeof(SignIn)] = """{"name":"ada","password":"correct horse battery"}""",
        [typeof(SetUp)] = """{"token":"as printed at the start","name":"ada","password":"correct horse battery"}""",
        [typeof(PersonRequest)] =
            """{"name":"grace","role":"editor","fullName":"Grace H.","password":"correct horse battery"}""",
        [typeof(PersonChange)] = """{"role":"viewer"}""",
        [typeof(SetPassword)] = """{"password":"correct horse battery"}""",
        [typeof(ChangePassword)] = """{"current":"correct horse battery","password":"battery horse correct"}""",
        [typeof(KeyRequest)] =
            """{"name":"backups","scopes":["ingest"],"sourcePrefix":"backup/","expiresAt":"2027-12-31T00:00:00Z"}""",
        [typeof(KeyChange)] = """{"perSecond":100}""",
        [typeof(KeyRotation)] = """{"overlap":"P1D"}""",
    };

    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is OpenApiSchema own && Examples.TryGetValue(context.Type, out var json))
            own.Examples = [JsonNode.Parse(json)!];
    }
}
