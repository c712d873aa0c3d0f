using System.Text.Json.Nodes;

namespace Torch.Server.Importing;

/// <summary>What a module of the blackbox exporter may say that a check of Torch does not.</summary>
internal static class BlackboxModule
{
    private static readonly string[] Family = ["preferred_ip_protocol", "ip_protocol_fallback"];

    private static readonly Dictionary<string, string[]> Carried = new(StringComparer.Ordinal)
    {
        ["http"] =
        [
            .. Family,
            "valid_status_codes",
            "method",
            "headers",
            "body",
            "follow_redirects",
            "fail_if_ssl",
            "fail_if_not_ssl",
            "fail_if_body_matches_regexp",
            "fail_if_body_not_matches_regexp",
            "fail_if_header_not_matches",
            "tls_config",
            "basic_auth",
            "bearer_token",
            "authorization",
            "proxy_url",
        ],
        ["tcp"] = [.. Family, "query_response", "tls", "tls_config"],
        ["dns"] = [.. Family, "query_name", "query_type", "valid_rcodes", "transport_protocol"],
        ["icmp"] = [.. Family],
    };

    private static readonly (string Member, string[] Carried)[] Inner =
    [
        ("tls_config", ["insecure_skip_verify", "server_name"]),
        ("basic_auth", ["username", "password"]),
        ("authorization", ["type", "credentials"]),
    ];

    /// <summary>The names of a module's settings that are lost, in the exporter's words.</summary>
    /// <param name="settings">The part of the module that is the prober's own.</param>
    public static IEnumerable<string> NotCarried(string? prober, JsonNode? settings) =>
        Carried.TryGetValue(prober ?? "", out var carried)
            ? settings
                .Others(carried)
                .Concat(
                    Inner
                        .Where(i => carried.Contains(i.Member))
                        .SelectMany(i => settings.Member(i.Member).Others(i.Carried).Select(o => $"{i.Member}.{o}"))
                )
            : [];
}
