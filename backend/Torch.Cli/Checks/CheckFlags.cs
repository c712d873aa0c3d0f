using System.CommandLine;
using System.Text.Json.Nodes;
using static Torch.Cli.Checks.FlagShape;
using static Torch.Cli.Checks.FlagValues;

namespace Torch.Cli.Checks;

/// <summary>Every flag of <c>checks add</c> and <c>checks update</c>.</summary>
internal static class CheckFlags
{
    private static readonly CheckFlag[] All =
    [
        new("--interval", "How often: 30s, 5m, 1h.", Value, Duration, ("*", "interval")),
        new("--timeout", "When a probe gives up; 15s by default.", Value, Duration, ("*", "timeout")),
        new(
            "--staleness",
            "The age at which the last observation no longer counts.",
            Value,
            Duration,
            ("*", "staleness")
        ),
        new("--enabled", "false stops the probe and keeps its history.", Value, Switch, ("*", "enabled"))
        {
            IsSwitch = true,
        },
        new("--cron", "When, in place of an interval: \"*/5 * * * *\".", Value, Plain, ("*", "cron")),
        new("--time-zone", "Of --cron, such as Europe/Berlin.", Value, Plain, ("*", "timeZone")),
        new("--location", "Where it runs from; may be repeated.", Items, Plain, ("*", "locations")),
        new("--decide", "Down when any, all or so many locations say so.", Value, Plain, ("*", "decide")),
        new("--grace", "How long a heartbeat may be silent.", Value, Duration, ("*", "grace")),
        new("--url", "Whom to ask.", Value, Plain, ("http", "url"), ("feed", "url")),
        new("--method", "GET by default.", Value, Plain, ("http", "method")),
        new(
            "--header",
            "\"Name: value\", sent along; may be repeated.",
            Members,
            Header,
            ("http", "headers"),
            ("feed", "headers")
        ),
        new("--body", "What to send.", Value, Plain, ("http", "body")),
        new("--basic", "user:password for HTTP.", Value, Credentials, ("http", "auth.basic"), ("feed", "auth.basic")),
        new("--bearer", "A token for HTTP.", Value, Plain, ("http", "auth.bearer"), ("feed", "auth.bearer")),
        new("--follow", "How many redirects to follow; none by default.", Value, Whole, ("http", "followRedirects")),
        new("--http-version", "1.1 or 2.", Value, Plain, ("http", "version")),
        new("--proxy", "The URL of an HTTP proxy.", Value, Plain, ("http", "proxy")),
        new("--expect-status", "200-299 by default; 200,301 or 200-399.", Items, List, ("http", "expect.statusCodes")),
        new(
            "--regex",
            "What the body, or an answer, must match.",
            Value,
            Plain,
            ("http", "expect.bodyMatches"),
            ("dns", "expect.matches")
        ),
        new("--not-regex", "What the body must not match.", Value, Plain, ("http", "expect.bodyDoesNotMatch")),
        new("--expect-header", "\"Name: regex\"; may be repeated.", Members, Header, ("http", "expect.headers")),
        new(
            "--expect-json",
            "$.status=ok or $.status~^o; may be repeated.",
            Items,
            JsonExpectation,
            ("http", "expect.json")
        ),
        new("--max-body", "The most bytes the body may have.", Value, Whole, ("http", "expect.maxBodyBytes")),
        new(
            "--days-left",
            "The certificate must be valid for so many days more.",
            Value,
            Number,
            ("http", "expect.certificateDaysLeft"),
            ("tls", "daysLeft")
        ),
        new(
            "--ignore-certificate",
            "Take any certificate.",
            Value,
            Switch,
            ("http", "ignoreCertificate"),
            ("tcp", "ignoreCertificate"),
            ("tls", "ignoreCertificate")
        )
        {
            IsSwitch = true,
        },
        new(
            "--server-name",
            "The name that the handshake asks for.",
            Value,
            Plain,
            ("http", "serverName"),
            ("tcp", "serverName"),
            ("tls", "serverName")
        ),
        new(
            "--address-family",
            "any, ipv4 or ipv6.",
            Value,
            Plain,
            ("http", "addressFamily"),
            ("tcp", "addressFamily"),
            ("tls", "addressFamily"),
            ("icmp", "addressFamily"),
            ("postgres", "addressFamily")
        ),
        new(
            "--host",
            "A name or an address.",
            Value,
            Plain,
            ("tcp", "host"),
            ("tls", "host"),
            ("icmp", "host"),
            ("postgres", "host")
        ),
        new(
            "--port",
            "The port.",
            Value,
            Whole,
            ("tcp", "port"),
            ("tls", "port"),
            ("dns", "port"),
            ("postgres", "port")
        ),
        new("--step", "expect:REGEX, send:TEXT or starttls, in their order.", Items, Step, ("tcp", "steps")),
        new("--tls", "Encrypted from the first byte.", Value, Switch, ("tcp", "tls")) { IsSwitch = true },
        new("--tls-mode", "disable, prefer, require or verify.", Value, Plain, ("postgres", "tls")),
        new("--start-tls", "smtp, imap, pop3, ftp, ldap or postgres.", Value, Plain, ("tls", "startTls")),
        new("--type", "A, AAAA, CNAME, MX, NS, TXT, SOA, SRV, CAA or PTR.", Value, Plain, ("dns", "type")),
        new("--name-server", "Which one to ask.", Value, Plain, ("dns", "server")),
        new("--transport", "udp or tcp.", Value, Plain, ("dns", "transport")),
        new("--rcode", "Such as NXDOMAIN.", Value, Plain, ("dns", "expect.rcode")),
        new("--answer", "All answers, in any order; repeated.", Items, Plain, ("dns", "expect.answers")),
        new("--count", "Echo requests, 1 to 20.", Value, Whole, ("icmp", "count")),
        new("--packet-bytes", "Of an echo request.", Value, Whole, ("icmp", "packetBytes")),
        new("--max-loss", "Percent that may be lost.", Value, Number, ("icmp", "expect.maxLoss")),
        new("--user", "Who asks.", Value, Plain, ("postgres", "user")),
        new("--password", "The user's.", Value, Plain, ("postgres", "password")),
        new("--database", "The user's name by default.", Value, Plain, ("postgres", "database")),
        new("--query", "One that gives one value.", Value, Plain, ("postgres", "query")),
        new("--items", "The path of the list of devices.", Value, Plain, ("feed", "items")),
        new("--id-field", "id by default.", Value, Plain, ("feed", "idField")),
        new("--name-field", "name by default.", Value, Plain, ("feed", "nameField")),
        new("--status-field", "status by default.", Value, Plain, ("feed", "statusField")),
        new("--address-field", "ip_address by default.", Value, Plain, ("feed", "addressField")),
        new(
            "--status",
            "online=up, from the list's words to Torch's; repeated.",
            Members,
            Assignment,
            ("feed", "statuses")
        ),
    ];

    public static void AddTo(Command command)
    {
        foreach (var flag in All)
            command.Add(flag.Option);
    }

    /// <summary>Puts everything that was given into a check's settings.</summary>
    /// <exception cref="Settings.SettingException">A flag is not for this kind, or its value is none.</exception>
    public static void Apply(ParseResult parsed, JsonObject check, string kind)
    {
        foreach (var flag in All.Where(f => f.IsGiven(parsed)))
            flag.Apply(check, kind, flag.Given(parsed));
    }
}
