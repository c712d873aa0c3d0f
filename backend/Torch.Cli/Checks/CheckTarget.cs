using System.Globalization;
using System.Text.Json.Nodes;
using Torch.Cli.Settings;

namespace Torch.Cli.Checks;

/// <summary>What a check looks at, as one word: a URL, host and port, a name; with a kind before it where that is clear (<c>tcp://db:5432</c>).</summary>
internal static class CheckTarget
{
    public static readonly string[] Kinds =
    [
        "http",
        "tcp",
        "tls",
        "dns",
        "icmp",
        "postgres",
        "feed",
        "report",
        "heartbeat",
    ];

    /// <summary>The kind that was asked for, or the one that the target shows.</summary>
    /// <exception cref="SettingException">Neither says it.</exception>
    public static string KindOf(string target, string? asked)
    {
        if (asked is not null)
            return Kinds.Contains(asked, StringComparer.Ordinal)
                ? asked
                : throw new SettingException($"--kind: there is no \"{asked}\", but {string.Join(", ", Kinds)}");
        var scheme = target.Contains("://", StringComparison.Ordinal) ? target.Split("://")[0] : "";
        return scheme switch
        {
            "http" or "https" => "http",
            "tcp" or "tls" or "dns" or "icmp" => scheme,
            "postgres" or "postgresql" => "postgres",
            _ => throw new SettingException(
                $"\"{target}\" is no URL such as https://example.org; say --kind for {string.Join(", ", Kinds[1..])}"
            ),
        };
    }

    /// <summary>Puts it into the settings of a check, and gives the check a name.</summary>
    public static void Apply(JsonObject check, string kind, string target)
    {
        var bare = kind is "http" or "feed"
            ? target
            : target[(target.IndexOf("://", StringComparison.Ordinal) is >= 0 and var at ? at + 3 : 0)..];
        check["name"] = Name(kind, bare);
        switch (kind)
        {
            case "http" or "feed":
                check[kind] = new JsonObject { ["url"] = target };
                break;
            case "dns":
                check[kind] = new JsonObject { ["name"] = bare.TrimEnd('/') };
                break;
            case "report" or "heartbeat":
                check["source"] = bare;
                break;
            default:
                check[kind] = Endpoint(kind, bare);
                break;
        }
    }

    // user@host:port/database
    private static JsonObject Endpoint(string kind, string text)
    {
        var settings = new JsonObject();
        var (user, rest) = text.LastIndexOf('@') is >= 0 and var at ? (text[..at], text[(at + 1)..]) : (null, text);
        var parts = rest.Split('/', 2);
        var (host, port) = HostAndPort(parts[0]);
        settings["host"] = host;
        if (port is not null)
            settings["port"] = port;
        if (kind == "postgres" && user is not null)
            settings["user"] = user;
        if (kind == "postgres" && parts is [_, { Length: > 0 } database])
            settings["database"] = database;
        return settings;
    }

    // [::1]:443 has its address in brackets; ::1 alone has no port.
    private static (string Host, int? Port) HostAndPort(string text)
    {
        var colon = text.LastIndexOf(':');
        var isAddress = text.Count(c => c == ':') > 1 && !text.Contains("]:", StringComparison.Ordinal);
        if (colon < 0 || isAddress)
            return (text.Trim('[', ']'), null);
        return int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? (text[..colon].Trim('[', ']'), port)
            : throw new SettingException($"\"{text}\" is no host with a port such as db:5432");
    }

    private static string Name(string kind, string target) =>
        kind is "http" or "feed" && Uri.TryCreate(target, UriKind.Absolute, out var url)
            ? (url.Authority + url.PathAndQuery).TrimEnd('/')
            : target.TrimEnd('/');
}
