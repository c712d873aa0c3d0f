using System.Text.Json.Nodes;
using static Torch.Server.Importing.Loose;

namespace Torch.Server.Importing;

/// <summary>The blackbox exporter's modules, and the targets that Prometheus probes with them: the two files, one behind the other.</summary>
internal static class PrometheusImport
{
    // The exporter's own, where nobody names one.
    private const string UsualModule = "http_2xx";

    public static Imported Read(IReadOnlyList<JsonNode?> files, string root)
    {
        var builder = new ImportBuilder(root);
        var modules = files
            .SelectMany(f => f.Members("modules"))
            .GroupBy(m => m.Key)
            .ToDictionary(g => g.Key, g => g.Last().Value);
        var global = files.Select(f => f.Member("global").Text("scrape_interval")).OfType<string>().FirstOrDefault();
        foreach (var job in files.SelectMany(f => f.List("scrape_configs")))
            Job(builder, job, modules, global ?? "1m");
        if (modules.Count == 0)
            builder.Left.Add("there are no modules: give the blackbox exporter's file, too");
        return builder.Done();
    }

    private static void Job(ImportBuilder builder, JsonNode job, Dictionary<string, JsonNode?> modules, string global)
    {
        var name = job.Text("job_name") ?? "job";
        var module =
            job.Member("params").List("module").Select(Loose.Text).FirstOrDefault()
            ?? (job.Text("metrics_path") == "/probe" ? UsualModule : null);
        if (module is null)
        {
            builder.Left.Add($"{name}: it scrapes metrics and probes nothing");
            return;
        }
        if (!modules.TryGetValue(module, out var settings))
        {
            builder.Left.Add($"{name}: there is no module {module}");
            return;
        }
        foreach (var discovery in ((JsonObject)job).Where(m => m.Key.EndsWith("_sd_configs", StringComparison.Ordinal)))
            builder.Left.Add($"{name}: targets that {discovery.Key} finds");
        var group = builder.Group(builder.Root, name);
        foreach (var targets in job.List("static_configs"))
        foreach (var target in targets.List("targets").Select(Loose.Text).OfType<string>())
            Target(builder, group, target, settings, job.Text("scrape_interval") ?? global, targets);
    }

    private static void Target(
        ImportBuilder builder,
        ImportedGroup group,
        string target,
        JsonNode? module,
        string interval,
        JsonNode targets
    )
    {
        var name = WithoutCredentials(target);
        void Say(string what) => builder.Left.Add($"{name}: {what}");
        var own = module.Member(module.Text("prober") ?? "");
        foreach (var other in BlackboxModule.NotCarried(module.Text("prober"), own))
            Say($"its module's {other}");
        var check = module.Text("prober") switch
        {
            "http" => Http(own, target, Say),
            "tcp" => Tcp(own, target, Say),
            "dns" => Dns(own, target, Say),
            "icmp" => Whole(("kind", "icmp"), ("icmp", Whole(("host", target), ("addressFamily", Family(own))))),
            _ => null,
        };
        if (check is null)
        {
            Say(
                $"no probe for it: the module's prober is {module.Text("prober") ?? "missing"}, or the target no address"
            );
            return;
        }
        check["interval"] = interval;
        check["timeout"] = module.Text("timeout") ?? "10s";
        var tags = Texts(
            targets.Members("labels").Select(l => $"{l.Key}={Loose.Text(l.Value)}").Distinct(StringComparer.Ordinal)
        );
        builder.Leaf(group, name, check, Whole(("tags", tags.Count > 0 ? tags : null)));
    }

    private static JsonObject Http(JsonNode? http, string target, Action<string> say)
    {
        var url = target.Contains("://", StringComparison.Ordinal) ? target : "http://" + target;
        var codes = http.List("valid_status_codes").Select(Loose.Text).OfType<string>().ToList();
        var mustNot = http.List("fail_if_body_matches_regexp").Select(Loose.Text).OfType<string>().ToList();
        var must = http.List("fail_if_body_not_matches_regexp").Select(Loose.Text).OfType<string>().ToList();
        if (must.Count > 1)
            say("only the first of the expressions that its body must match");
        if (
            http.Flag("fail_if_ssl") == true
            || (http.Flag("fail_if_not_ssl") == true && url.StartsWith("http:", StringComparison.Ordinal))
        )
            say("whether it must be encrypted: write a rule over tlsVersion");
        return Whole(
            ("kind", "http"),
            (
                "http",
                Whole(
                    ("url", url),
                    ("method", http.Text("method") is { } method && method != "GET" ? method : null),
                    ("headers", Headers(http)),
                    ("body", http.Text("body")),
                    (
                        "expect",
                        Whole(
                            ("statusCodes", codes.Count > 0 ? Texts(codes) : null),
                            ("bodyMatches", must.FirstOrDefault()),
                            (
                                "bodyDoesNotMatch",
                                mustNot.Count > 0 ? string.Join('|', mustNot.Select(m => $"({m})")) : null
                            ),
                            ("headers", HeadersMustMatch(http))
                        )
                    ),
                    ("auth", Auth(http)),
                    ("followRedirects", http.Flag("follow_redirects") == false ? null : 10),
                    ("ignoreCertificate", IgnoresCertificate(http)),
                    ("serverName", http.Member("tls_config").Text("server_name")),
                    ("proxy", http.Text("proxy_url")),
                    ("addressFamily", Family(http))
                )
            )
        );
    }

    private static JsonObject Headers(JsonNode? http)
    {
        var headers = new JsonObject();
        foreach (var (name, value) in http.Members("headers"))
            headers[name] = Loose.Text(value) ?? "";
        if (Token(http) is var (type, credentials) && type != "Bearer")
            headers["Authorization"] = $"{type} {credentials}";
        return headers;
    }

    private static (string Type, string Credentials)? Token(JsonNode? http)
    {
        var authorization = http.Member("authorization");
        return (http.Text("bearer_token") ?? authorization.Text("credentials")) is { } credentials
            ? (authorization.Text("type") ?? "Bearer", credentials)
            : null;
    }

    private static JsonObject HeadersMustMatch(JsonNode? http)
    {
        var headers = new JsonObject();
        foreach (var rule in http.List("fail_if_header_not_matches"))
            if (rule.Text("header") is { } name && rule.Flag("allow_missing") != true)
                headers[name] = rule.Text("regexp") ?? "";
        return headers;
    }

    private static JsonObject? Auth(JsonNode? http)
    {
        var basic = http.Member("basic_auth");
        if (basic.Text("username") is { } user)
            return Whole(("basic", Whole(("user", user), ("password", basic.Text("password") ?? ""))));
        return Token(http) is ("Bearer", var credentials) ? Whole(("bearer", credentials)) : null;
    }

    private static bool? IgnoresCertificate(JsonNode? settings) =>
        settings.Member("tls_config").Flag("insecure_skip_verify") == true ? true : null;

    private static JsonObject? Tcp(JsonNode? tcp, string target, Action<string> say)
    {
        if (Address(target) is not var (host, port))
            return null;
        if (tcp.List("query_response").Any(s => s.Text("send")?.Contains("${", StringComparison.Ordinal) == true))
            say("what its module sends back of what it was told, as in ${1}");
        var steps = new JsonArray([
            .. tcp.List("query_response")
                .Select(s =>
                    Whole(
                        ("expect", s.Text("expect")),
                        ("send", s.Text("send") is { } line ? line + "\n" : null),
                        ("startTls", s.Flag("starttls") == true ? true : null)
                    )
                )
                .SelectMany(InOrder),
        ]);
        return Whole(
            ("kind", "tcp"),
            (
                "tcp",
                Whole(
                    ("host", host),
                    ("port", port),
                    ("steps", steps.Count > 0 ? steps : null),
                    ("tls", tcp.Flag("tls") == true ? true : null),
                    ("ignoreCertificate", IgnoresCertificate(tcp)),
                    ("serverName", tcp.Member("tls_config").Text("server_name")),
                    ("addressFamily", Family(tcp))
                )
            )
        );
    }

    // There a step expects and then sends; here it sends and then expects.
    private static IEnumerable<JsonNode> InOrder(JsonObject step) =>
        step.ContainsKey("expect") && step.ContainsKey("send")
            ?
            [
                Whole(("expect", step.Text("expect"))),
                Whole(("send", step.Text("send")), ("startTls", step["startTls"]?.DeepClone())),
            ]
            : [step];

    private static JsonObject Dns(JsonNode? dns, string target, Action<string> say)
    {
        var server = Address(target, 53);
        var codes = dns.List("valid_rcodes").Select(Loose.Text).OfType<string>().ToList();
        if (codes.Count > 1)
            say("only the first of the codes that are good");
        return Whole(
            ("kind", "dns"),
            (
                "dns",
                Whole(
                    ("name", dns.Text("query_name")?.TrimEnd('.')),
                    ("type", dns.Text("query_type")),
                    ("server", server?.Host ?? target),
                    ("port", server?.Port is { } port && port != 53 ? port : null),
                    ("transport", dns.Text("transport_protocol")),
                    ("expect", Whole(("rcode", codes.FirstOrDefault())))
                )
            )
        );
    }

    private static string? Family(JsonNode? settings) =>
        settings.Text("preferred_ip_protocol") switch
        {
            "ip4" when settings.Flag("ip_protocol_fallback") == false => "ipv4",
            "ip6" when settings.Flag("ip_protocol_fallback") == false => "ipv6",
            _ => null,
        };
}
