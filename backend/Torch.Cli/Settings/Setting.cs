namespace Torch.Cli.Settings;

/// <summary>One setting and its three spellings: <c>--v1-anonymous</c>, <c>TORCH_V1_ANONYMOUS</c>, <c>"v1Anonymous"</c>.</summary>
/// <param name="Name">In the flag's words, without the dashes.</param>
/// <param name="Help">One sentence for <c>--help</c>.</param>
/// <param name="IsSwitch">Its flag may stand alone: <c>--no-exporter</c> means <c>--no-exporter true</c>.</param>
/// <param name="IsSecret">A secret has no flag: other users of the machine can read a process's arguments.</param>
public sealed record Setting(string Name, string Help, bool IsSecret = false, bool IsSwitch = false)
{
    public static readonly Setting Urls = new(
        "urls",
        "Where to listen; several are parted by semicolons. http://127.0.0.1:8080 by default."
    );
    public static readonly Setting Data = new("data", "The folder of everything that Torch keeps on disk.");
    public static readonly Setting Postgres = new(
        "postgres",
        "An Npgsql connection string; without it Torch runs a PostgreSQL of its own in the data folder."
    );
    public static readonly Setting PostgresBin = new(
        "postgres-bin",
        "The folder of postgres and initdb, where Torch should not look for them."
    );
    public static readonly Setting AdminKey = new(
        "admin-key",
        "A key of at least 32 characters that every call then needs.",
        IsSecret: true
    );
    public static readonly Setting Workspace = new("workspace", "The name beside the brand.");
    public static readonly Setting BehindProxy = new(
        "behind-proxy",
        "A proxy in front ends TLS and sets the X-Forwarded headers.",
        IsSwitch: true
    );
    public static readonly Setting V1Anonymous = new(
        "v1-anonymous",
        "Networks that may post Torch v1's reports without a key, such as 10.0.0.0/8."
    );
    public static readonly Setting JournalKey = new(
        "journal-key",
        "The PEM file of the key that signs the journal; keys/journal.pem in the data folder by default, made on first start."
    );
    public static readonly Setting SecretKeys = new(
        "secret-keys",
        "The folder of the keys that secrets are encrypted with; keys/secrets in the data folder by default, made on first start."
    );
    public static readonly Setting Retention = new(
        "retention",
        "How long observations are kept, such as 30d or P30D; off keeps them for ever. 30d by default."
    );
    public static readonly Setting RetentionSize = new(
        "retention-size",
        "How much disk observations may take, such as 20GB; the oldest go first."
    );
    public static readonly Setting Archive = new(
        "archive",
        "A folder that takes observations as gzipped lines of CloudEvents before they go."
    );
    public static readonly Setting LateWindow = new(
        "late-window",
        "How late an observation may come and still change the past: 1 minute to 30 days, 24h by default."
    );
    public static readonly Setting AllowPrivateTargets = new(
        "allow-private-targets",
        "Whether checks may probe loopback and private networks; true by default. Link-local and metadata addresses never."
    );
    public static readonly Setting PublicUrl = new(
        "public-url",
        "The address under which people reach Torch, for the links in notices; where it listens by default."
    );
    public static readonly Setting OtlpEndpoint = new(
        "otlp-endpoint",
        "Where traces and metrics go by OTLP, such as http://collector:4318; nowhere by default, or as OTEL_EXPORTER_OTLP_ENDPOINT says."
    );
    public static readonly Setting OwnMetrics = new(
        "own-metrics",
        "How often Torch writes its own figures into the log, from 10s to 1h, or off; 60s by default."
    );
    public static readonly Setting Demo = new(
        "demo",
        "Bring simulated devices along, and a hierarchy that shows them.",
        IsSwitch: true
    );
    public static readonly Setting Spa = new("spa", "The folder of the built web app.");
    public static readonly Setting Vite = new(
        "vite",
        "The address of a running Vite that serves the web app, in development."
    );

    public static readonly Setting Server = new("server", "The server's address, such as https://torch.example.");
    public static readonly Setting AgentKey = new(
        "agent-key",
        "The agent's key, as POST /api/v1/agents answered it.",
        IsSecret: true
    );
    public static readonly Setting Ca = new(
        "ca",
        "A PEM file of the authorities that the server's certificate may come from; the system's by default."
    );
    public static readonly Setting SpoolSize = new(
        "spool-size",
        "What waiting results may take on disk, such as 500MB; the oldest good ones go first. 1GB by default."
    );
    public static readonly Setting ExportEvery = new(
        "export-every",
        "How long results wait for company on their way to the server: 1 to 100 seconds, 2 by default."
    );
    public static readonly Setting ExportBatch = new(
        "export-batch",
        "How many results travel together: 1 to 5000, 1000 by default."
    );
    public static readonly Setting NoScheduler = new(
        "no-scheduler",
        "The agent runs probes on demand only.",
        IsSwitch: true
    );
    public static readonly Setting NoExporter = new(
        "no-exporter",
        "The agent keeps results in its spool.",
        IsSwitch: true
    );
    public static readonly Setting NoCollector = new(
        "no-collector",
        "The agent deletes nothing from its spool, not even at its cap.",
        IsSwitch: true
    );

    public static readonly Setting MaxProbes = new(
        "max-probes",
        "How many probes run at once, over all hosts: 1 to 4096, 256 by default."
    );
    public static readonly Setting MaxProbesPerHost = new(
        "max-probes-per-host",
        "How many probes of one host run at once: 1 to as many as run at once at all, 16 by default."
    );

    /// <summary>How an agent works, its own process or not; see <see cref="AgentWork"/>.</summary>
    private static readonly IReadOnlyList<Setting> OfWork =
    [
        MaxProbes,
        MaxProbesPerHost,
        NoScheduler,
        NoExporter,
        NoCollector,
    ];

    /// <summary>The settings of <c>torch agent</c>, in the order of <c>--help</c>.</summary>
    public static readonly IReadOnlyList<Setting> OfAgents =
    [
        Server,
        AgentKey,
        Ca,
        Data,
        SpoolSize,
        ExportEvery,
        ExportBatch,
        AllowPrivateTargets,
        OtlpEndpoint,
        .. OfWork,
    ];

    /// <summary>The settings of <c>torch serve</c>, in the order of <c>--help</c>.</summary>
    public static readonly IReadOnlyList<Setting> All =
    [
        Urls,
        Data,
        Postgres,
        PostgresBin,
        AdminKey,
        Workspace,
        BehindProxy,
        V1Anonymous,
        JournalKey,
        SecretKeys,
        Retention,
        RetentionSize,
        Archive,
        LateWindow,
        AllowPrivateTargets,
        PublicUrl,
        OtlpEndpoint,
        OwnMetrics,
        .. OfWork,
        Demo,
        Spa,
        Vite,
    ];

    /// <summary><c>--behind-proxy</c>.</summary>
    public string Flag => "--" + Name;

    /// <summary><c>TORCH_BEHIND_PROXY</c>.</summary>
    public string Variable => "TORCH_" + Name.ToUpperInvariant().Replace('-', '_');

    /// <summary><c>behindProxy</c>, in the settings file.</summary>
    public string Key
    {
        get
        {
            var words = Name.Split('-');
            return words[0] + string.Concat(words.Skip(1).Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
        }
    }
}

/// <summary>A setting makes no sense. The message is one line that names it.</summary>
public sealed class SettingException(string message) : Exception(message);
