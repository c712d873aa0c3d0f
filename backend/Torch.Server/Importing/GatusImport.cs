using System.Text.Json.Nodes;
using Torch.Server.Configuring.Text;
using Torch.Server.Features.Pushes;
using static Torch.Server.Importing.Loose;

namespace Torch.Server.Importing;

/// <summary>Gatus's YAML: endpoints become probes, conditions what they expect, groups groups.</summary>
internal static class GatusImport
{
    private static readonly string[] Known =
    [
        "enabled",
        "name",
        "group",
        "url",
        "method",
        "conditions",
        "interval",
        "body",
        "headers",
        "graphql",
        "dns",
        "alerts",
        "client",
        "extra-labels",
        "ui",
    ];

    /// <param name="variables">There, too, <c>${NAME}</c> is a variable of the environment.</param>
    public static Imported Read(JsonNode? config, string root, IReadOnlyDictionary<string, string> variables)
    {
        var builder = new ImportBuilder(root);
        foreach (var name in Placeholders.Fill(config, variables).Values.Distinct(StringComparer.Ordinal))
            builder.Left.Add($"the variable {name} has no value");
        foreach (var endpoint in config.List("endpoints"))
            Endpoint(builder, endpoint);
        foreach (var endpoint in config.List("external-endpoints"))
            External(builder, endpoint);
        foreach (var (name, _) in config.Members("alerting"))
            builder.Left.Add($"alerting by {name}: create its channel in Torch");
        foreach (
            var other in (string[])["maintenance", "remote", "connectivity", "tunneling", "announcements", "suites"]
        )
            if ((config as JsonObject)?.ContainsKey(other) == true)
                builder.Left.Add($"the section {other}");
        return builder.Done();
    }

    private static ImportedGroup GroupOf(ImportBuilder builder, JsonNode endpoint) =>
        endpoint.Text("group") is { } group ? builder.Group(builder.Root, group) : builder.Root;

    private static void Endpoint(ImportBuilder builder, JsonNode endpoint)
    {
        var name = endpoint.Text("name") ?? WithoutCredentials(endpoint.Text("url") ?? "Endpoint");
        var (check, rules) = Probe(endpoint, what => builder.Left.Add($"{name}: {what}"));
        if (check is null)
            return;
        check["interval"] = endpoint.Text("interval") ?? "1m";
        check["timeout"] = endpoint.Member("client").Text("timeout") ?? "10s";
        if (endpoint.Flag("enabled") == false)
            check["enabled"] = false;
        if (endpoint.List("alerts").Any())
            builder.Left.Add($"{name}: its alerts belong to the rules of notices");
        foreach (var other in endpoint.Others(Known))
            builder.Left.Add($"{name}: its {other}");
        foreach (var other in endpoint.Member("client").Others("insecure", "ignore-redirect", "timeout"))
            builder.Left.Add($"{name}: its client's {other}");
        var tags = Texts(endpoint.Members("extra-labels").Select(l => $"{l.Key}={Loose.Text(l.Value)}"));
        builder.Leaf(
            GroupOf(builder, endpoint),
            name,
            check,
            Whole(("tags", tags.Count > 0 ? tags : null), ("rules", rules.Count > 0 ? rules : null))
        );
    }

    // A result that somebody else brings; with an interval its absence is a fault.
    private static void External(ImportBuilder builder, JsonNode endpoint)
    {
        var name = endpoint.Text("name") ?? "Endpoint";
        var source = endpoint.Text("group") is { } group ? $"{group}/{name}" : name;
        var interval = endpoint.Member("heartbeat").Text("interval");
        builder.Leaf(
            GroupOf(builder, endpoint),
            name,
            Whole(
                ("kind", interval is null ? "report" : "heartbeat"),
                ("source", source),
                ("interval", interval),
                ("enabled", endpoint.Flag("enabled") == false ? false : null)
            ),
            token: TokenOf(endpoint, name)
        );
    }

    // One whose variable has no value is said already.
    private static ImportedToken? TokenOf(JsonNode endpoint, string name) =>
        endpoint.Text("token") is { } token && !token.Contains("${", StringComparison.Ordinal)
            ? new(token, GatusKey.Joined(endpoint.Text("group") ?? "", name))
            : null;

    private static (JsonObject? Check, JsonArray Rules) Probe(JsonNode endpoint, Action<string> say)
    {
        var url = endpoint.Text("url") ?? "";
        var conditions = new GatusConditions(endpoint.List("conditions").Select(Loose.Text).OfType<string>(), say);
        if (endpoint.Members("dns").Any())
            return (Dns(endpoint, url, conditions), conditions.Rules);
        var scheme = url.Split("://")[0].ToLowerInvariant();
        var check = scheme switch
        {
            "http" or "https" => Http(endpoint, url, conditions),
            "tcp" when Address(url) is var (host, port) => Whole(
                ("kind", "tcp"),
                ("tcp", Whole(("host", host), ("port", port)))
            ),
            "tls" when Address(url) is var (host, port) => Tls(endpoint, host, port, null, conditions),
            "starttls" when Address(url) is var (host, port) => Tls(endpoint, host, port, "smtp", conditions),
            "icmp" => Whole(("kind", "icmp"), ("icmp", Whole(("host", url["icmp://".Length..].Split('/')[0])))),
            _ => null,
        };
        if (check is null)
            say($"Torch has no probe for {(url.Length == 0 ? "an endpoint without a URL" : WithoutCredentials(url))}");
        return (check, conditions.Rules);
    }

    private static JsonObject Http(JsonNode endpoint, string url, GatusConditions conditions)
    {
        var client = endpoint.Member("client");
        var isGraphQl = endpoint.Flag("graphql") == true;
        var headers = new JsonObject();
        foreach (var (name, value) in endpoint.Members("headers"))
            headers[name] = Loose.Text(value) ?? "";
        if (isGraphQl && !headers.Any(h => h.Key.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)))
            headers["Content-Type"] = "application/json";
        return Whole(
            ("kind", "http"),
            (
                "http",
                Whole(
                    ("url", url),
                    ("method", endpoint.Text("method") is { } method && method != "GET" ? method : null),
                    ("headers", headers),
                    ("body", isGraphQl ? Query(endpoint) : endpoint.Text("body")),
                    ("expect", conditions.OfHttp()),
                    ("followRedirects", client.Flag("ignore-redirect") == true ? null : 10),
                    ("ignoreCertificate", client.Flag("insecure") == true ? true : null)
                )
            )
        );
    }

    private static string Query(JsonNode endpoint) =>
        new JsonObject { ["query"] = endpoint.Text("body") ?? "" }.ToJsonString();

    private static JsonObject Tls(
        JsonNode endpoint,
        string host,
        int port,
        string? startTls,
        GatusConditions conditions
    ) =>
        Whole(
            ("kind", "tls"),
            (
                "tls",
                Whole(
                    ("host", host),
                    ("port", port),
                    ("startTls", startTls),
                    ("daysLeft", conditions.DaysLeft),
                    ("ignoreCertificate", endpoint.Member("client").Flag("insecure") == true ? true : null)
                )
            )
        );

    private static JsonObject Dns(JsonNode endpoint, string url, GatusConditions conditions)
    {
        var dns = endpoint.Member("dns");
        var server = Address(url, 53);
        return Whole(
            ("kind", "dns"),
            (
                "dns",
                Whole(
                    ("name", dns.Text("query-name")?.TrimEnd('.')),
                    ("type", dns.Text("query-type")),
                    ("server", server?.Host),
                    ("port", server?.Port is { } port && port != 53 ? port : null),
                    ("expect", conditions.OfDns())
                )
            )
        );
    }
}
