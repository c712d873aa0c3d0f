using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using static Torch.Server.Importing.Loose;

namespace Torch.Server.Importing;

/// <summary>Uptime Kuma's backup (1.x): monitors become leaves, its groups become groups.</summary>
internal static class KumaImport
{
    private static readonly JsonDocumentOptions Sound = new() { AllowDuplicateProperties = false };

    public static Imported Read(JsonNode? backup, string root)
    {
        var builder = new ImportBuilder(root);
        var monitors = backup.List("monitorList").ToList();
        var groups = new Dictionary<string, ImportedGroup>(StringComparer.Ordinal);
        // Its list is sorted by weight, the heaviest first.
        foreach (
            var monitor in monitors.OrderByDescending(m => m.Number("weight") ?? 2_000).ThenBy(m => m.Number("id"))
        )
            if (monitor.Text("type") != "group")
                Monitor(builder, GroupOf(monitor.Text("parent")), monitor);
        foreach (var group in monitors.Where(m => m.Text("type") == "group"))
            GroupOf(group.Text("id"));
        foreach (var notice in backup.List("notificationList"))
            builder.Left.Add($"the notification {notice.Text("name")}: create its channel in Torch");
        return builder.Done();

        ImportedGroup GroupOf(string? id)
        {
            var monitor = id is null ? null : monitors.Find(m => m.Text("id") == id && m.Text("type") == "group");
            if (monitor is null || groups.Count > monitors.Count)
                return builder.Root;
            if (groups.TryGetValue(id!, out var known))
                return known;
            // Before the way up is gone, so that a circle ends.
            groups[id!] = builder.Root;
            var group = builder.NewGroup(GroupOf(monitor.Text("parent")), monitor.Text("name") ?? "Group");
            if (monitor.Flag("active") == false)
                group.Node["paused"] = true;
            if (TagsOf(monitor) is { Count: > 0 } tags)
                group.Node["tags"] = tags;
            return groups[id!] = group;
        }
    }

    private static void Monitor(ImportBuilder builder, ImportedGroup group, JsonNode monitor)
    {
        var name = monitor.Text("name") ?? WithoutCredentials(monitor.Text("url") ?? "Monitor " + monitor.Text("id"));
        void Say(string what) => builder.Left.Add($"{name}: {what}");
        var check = monitor.Text("type") switch
        {
            "http" or "keyword" or "json-query" => Http(monitor, Say),
            "port" => Tcp(monitor),
            "ping" => Whole(("kind", "icmp"), ("icmp", Whole(("host", monitor.Text("hostname"))))),
            "dns" => Dns(monitor),
            "push" => Push(monitor, builder.UniqueSource("kuma/" + name)),
            "postgres" => Postgres(monitor, Say),
            _ => null,
        };
        if (check is null)
        {
            Say($"Torch has no probe of the kind {monitor.Text("type")}");
            return;
        }
        if (check.Text("kind") != "heartbeat")
        {
            var interval = monitor.Number("interval") ?? 60;
            check["interval"] = Seconds(Math.Clamp(interval, 1, 86_400));
            if (interval > 86_400)
                Say("it was asked less often than once a day; Torch asks once a day");
            if (monitor.Number("retryInterval") is { } again && again > 0 && again != interval)
                Say("that it was asked in another interval while it was down");
            check["timeout"] = Seconds(
                Math.Clamp(monitor.Number("timeout") is { } given && given > 0 ? given : 48, 0.1, 300)
            );
        }
        if (monitor.Flag("active") == false)
            check["enabled"] = false;
        if (monitor.Number("resendInterval") > 0)
            Say("how often its notification is sent again belongs to the rules of notices");
        var token = check.Text("kind") == "heartbeat" ? monitor.Text("pushToken") : null;
        builder.Leaf(group, name, check, Settings(monitor), token is null ? null : new(token));
    }

    // A result counts as down after the first and so many retries.
    private static JsonObject Settings(JsonNode monitor)
    {
        var retries = (int)Math.Clamp(monitor.Number("maxretries") ?? 0, 0, 99);
        var upsideDown = new JsonArray(
            Whole(("when", "outcome is down"), ("then", "up")),
            Whole(("when", "outcome is up"), ("then", "down"))
        );
        return Whole(
            ("tags", TagsOf(monitor) is { Count: > 0 } tags ? tags : null),
            ("rules", monitor.Flag("upsideDown") == true ? upsideDown : null),
            ("timing", retries > 0 ? Whole(("attempts", retries + 1)) : null)
        );
    }

    private static JsonArray TagsOf(JsonNode monitor) =>
        Texts(
            monitor
                .List("tags")
                .Where(t => t.Text("name") is not null)
                .Select(t => t.Text("value") is { } value ? $"{t.Text("name")}={value}" : t.Text("name")!)
                .Distinct(StringComparer.Ordinal)
        );

    private static JsonObject Http(JsonNode monitor, Action<string> say)
    {
        var keyword =
            monitor.Text("type") == "keyword" && monitor.Text("keyword") is { } word ? Regex.Escape(word) : null;
        var isInverted = monitor.Flag("invertKeyword") == true;
        var codes = monitor.List("accepted_statuscodes").Select(Loose.Text).OfType<string>().ToList();
        var expect = Whole(
            ("statusCodes", codes.Count > 0 ? Texts(codes) : null),
            ("bodyMatches", isInverted ? null : keyword),
            ("bodyDoesNotMatch", isInverted ? keyword : null),
            ("json", Json(monitor, say))
        );
        if (monitor.Flag("expiryNotification") == true)
            say("it warned of a certificate's end: add a rule such as cert.daysLeft < 14");
        if (monitor.Text("proxyId") is not null)
            say("that it went through a proxy");
        return Whole(
            ("kind", "http"),
            (
                "http",
                Whole(
                    ("url", monitor.Text("url")),
                    ("method", monitor.Text("method") is { } method && method != "GET" ? method : null),
                    ("headers", Headers(monitor, say)),
                    ("body", monitor.Text("body")),
                    ("expect", expect),
                    ("auth", Auth(monitor, say)),
                    ("followRedirects", (int)Math.Clamp(monitor.Number("maxredirects") ?? 10, 0, 20)),
                    ("ignoreCertificate", monitor.Flag("ignoreTls") == true ? true : null)
                )
            )
        );
    }

    private static JsonArray? Json(JsonNode monitor, Action<string> say)
    {
        if (monitor.Text("type") != "json-query" || monitor.Text("jsonPath") is not { } path)
            return null;
        var whole = path.StartsWith('$') ? path : "$." + path;
        if (path.All(c => char.IsLetterOrDigit(c) || c is '$' or '.' or '_' or '[' or ']'))
            return new JsonArray(Whole(("path", whole), ("equals", monitor.Text("expectedValue") ?? "")));
        say($"its JSON query \"{path}\" is more than a path to one value");
        return null;
    }

    private static JsonObject Headers(JsonNode monitor, Action<string> say)
    {
        var headers = new JsonObject();
        // What it says of a body where nobody says otherwise.
        if (monitor.Text("body") is not null)
            headers["Content-Type"] =
                monitor.Text("httpBodyEncoding") == "xml" ? "text/xml; charset=utf-8" : "application/json";
        try
        {
            foreach (
                var (name, value) in JsonNode.Parse(monitor.Text("headers") ?? "{}", null, Sound) as JsonObject ?? []
            )
            {
                if (name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))
                    headers.Remove("Content-Type");
                headers[name] = Loose.Text(value) ?? "";
            }
        }
        catch (JsonException)
        {
            say("its headers are no JSON");
        }
        return headers;
    }

    private static JsonObject? Auth(JsonNode monitor, Action<string> say)
    {
        var method = monitor.Text("authMethod");
        if (method is not (null or "" or "basic"))
            say($"it signs in by {method}, which Torch's probe does not know");
        return method is null or "" or "basic" && monitor.Text("basic_auth_user") is { } user
            ? Whole(("basic", Whole(("user", user), ("password", monitor.Text("basic_auth_pass") ?? ""))))
            : null;
    }

    private static JsonObject Tcp(JsonNode monitor) =>
        Whole(
            ("kind", "tcp"),
            ("tcp", Whole(("host", monitor.Text("hostname")), ("port", (int?)monitor.Number("port"))))
        );

    private static JsonObject Dns(JsonNode monitor) =>
        Whole(
            ("kind", "dns"),
            (
                "dns",
                Whole(
                    ("name", monitor.Text("hostname")),
                    ("type", monitor.Text("dns_resolve_type")),
                    ("server", monitor.Text("dns_resolve_server")),
                    ("port", (int?)monitor.Number("port"))
                )
            )
        );

    // Silence is the fault, as it was there.
    private static JsonObject Push(JsonNode monitor, string source) =>
        Whole(
            ("kind", "heartbeat"),
            ("source", source),
            ("interval", Seconds(monitor.Number("interval") ?? 60)),
            ("grace", Seconds(Math.Max(1, monitor.Number("interval") ?? 60)))
        );

    private static JsonObject? Postgres(JsonNode monitor, Action<string> say)
    {
        if (
            !Uri.TryCreate(monitor.Text("databaseConnectionString"), UriKind.Absolute, out var uri)
            || uri.UserInfo.Split(':') is not [{ Length: > 0 } user, .. var rest]
        )
        {
            say("its connection string is none of the form postgres://user:password@host:port/database");
            return null;
        }
        return Whole(
            ("kind", "postgres"),
            (
                "postgres",
                Whole(
                    ("host", uri.Host),
                    ("user", Uri.UnescapeDataString(user)),
                    ("port", uri.Port > 0 ? uri.Port : null),
                    ("database", uri.AbsolutePath.Trim('/') is { Length: > 0 } database ? database : null),
                    ("password", rest.Length > 0 ? Uri.UnescapeDataString(string.Join(':', rest)) : null),
                    ("query", monitor.Text("databaseQuery"))
                )
            )
        );
    }
}
