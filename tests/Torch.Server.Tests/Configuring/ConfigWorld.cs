using System.Net;
using System.Text.Json;

namespace Torch.Server.Tests.Configuring;

/// <summary>Configurations as text, sent through the API.</summary>
internal sealed class ConfigWorld(HttpClient client)
{
    public const string Shop = """
        torch: 1
        statuses:
          - { name: limping, label: Limping, severity: 15, available: true, shape: triangle, colour: "#ffaa00" }
        checks:
          - name: Shop front
            kind: http
            interval: 30s
            http:
              url: https://shop.example/
              headers: { X-Api-Key: "${FRONT_KEY}" }
              auth: { basic: { user: probe, password: "${FRONT_PASSWORD}" } }
              expect: { statusCodes: [200-299, "304"] }
          - name: Backup
            kind: report
            source: backup/db1
            staleness: 1d
        nodes:
          - name: Infra
            children:
              - name: Router
              - name: Database
                rules:
                  - when: any child is down
                    then: critical
                children:
                  - { name: Backup, check: Backup }
          - name: Shop
            tags: [money]
            rollUp: worst
            rules:
              - when: count(children where status >= critical) >= 2
                then: down
                name: too many
              - when: child("Front") is limping
                then: limping
            timing: { for: 1m30s, holdDown: 5m }
            dependsOn: [Infra/Router]
            children:
              - name: Front
                check: Shop front
                weight: 2.5
                required: true
              - { link: Infra/Database, contribution: lower 1 }
        maintenance:
          - name: Patch night
            nodes: [Shop, Infra/Database]
            schedule: { kind: recurring, days: [sun], start: "02:00", duration: 2h, timeZone: Europe/Berlin }
        objectives:
          - name: Shop is open
            node: Shop
            target: 99.9
            window: { kind: rolling, duration: 30d }
        """;

    public static readonly Dictionary<string, string> Secrets = new()
    {
        ["FRONT_PASSWORD"] = "hunter2",
        ["FRONT_KEY"] = "k-123",
    };

    public Task<JsonElement> ApplyAsync(
        string text,
        bool prune = false,
        Dictionary<string, string>? variables = null
    ) => client.ExpectAsync(HttpStatusCode.OK, "POST", "/api/v1/config/apply", Body(text, prune, variables));

    public Task<JsonElement> PlanAsync(string text, bool prune = false, Dictionary<string, string>? variables = null) =>
        client.ExpectAsync(HttpStatusCode.OK, "POST", "/api/v1/config/plan", Body(text, prune, variables));

    public Task<string> ExportAsync() => client.GetStringAsync("/api/v1/config");

    /// <summary>What a text is refused for: message by pointer.</summary>
    public async Task<Dictionary<string, string>> RefusedAsync(string text, bool prune = false)
    {
        using var response = await client.SendAsync("POST", "/api/v1/config/apply", Body(text, prune, Secrets));
        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "validation");
        return problem
            .GetProperty("errors")
            .EnumerateObject()
            .ToDictionary(e => e.Name, e => string.Join("; ", e.Value.EnumerateArray()));
    }

    /// <summary>"create check Backup", in the order of the plan.</summary>
    public static IReadOnlyList<string> Said(JsonElement plan) =>
        [.. plan.Many("changes").Select(c => $"{c.Text("action")} {c.Text("kind")} {c.Text("name")}")];

    private static string Body(string text, bool prune, Dictionary<string, string>? variables) =>
        JsonSerializer.Serialize(
            new
            {
                text,
                prune,
                variables = variables ?? Secrets,
            }
        );
}
