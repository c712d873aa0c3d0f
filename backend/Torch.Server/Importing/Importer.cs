using System.Globalization;
using System.Text.Json.Nodes;
using Torch.Contracts;
using Torch.EventStore;
using Torch.Server.Configuring;
using Torch.Server.Configuring.Planning;
using Torch.Server.Configuring.Reading;
using Torch.Server.Configuring.Text;
using Torch.Server.Http;

namespace Torch.Server.Importing;

/// <summary>Who imports.</summary>
/// <param name="MayMakeKeys">Whether the tokens of the file become push keys, which is an administrator's to decide.</param>
internal sealed record ImportBy(EventMetadata Who, bool MayMakeKeys);

/// <summary>
/// Other systems' configurations, put in the words of Torch's own, and from there on applied like any: nothing is deleted, and what was
/// imported before is found again.
/// </summary>
internal sealed class Importer(Configurator configurator, CurrentReading reading, TimeProvider time)
{
    /// <summary>A format's name, and what its hierarchy is called where nobody says otherwise.</summary>
    public static IReadOnlyDictionary<string, string> Formats { get; } =
        new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["csv"] = "Imported",
            ["gatus"] = "Gatus",
            ["healthchecks"] = "Healthchecks",
            ["kuma"] = "Uptime Kuma",
            ["prometheus"] = "Prometheus",
            ["services"] = "Services",
        };

    public Task<ImportView> PlanAsync(string format, ImportRequest wanted, ImportBy by, CancellationToken ct) =>
        RunAsync(format, wanted, by, (config, keys) => configurator.PlanAsync(config, by.Who, ct, keys), ct);

    public Task<ImportView> ApplyAsync(string format, ImportRequest wanted, ImportBy by, CancellationToken ct) =>
        RunAsync(format, wanted, by, (config, keys) => configurator.ApplyAsync(config, by.Who, ct, keys), ct);

    private async Task<ImportView> RunAsync(
        string format,
        ImportRequest wanted,
        ImportBy by,
        Func<ApplyConfiguration, IReadOnlyList<WantedPushKey>, Task<ConfigurationPlan>> run,
        CancellationToken ct
    )
    {
        var variables = wanted.Variables ?? new Dictionary<string, string>(StringComparer.Ordinal);
        var imported = Read(format, wanted.Text, wanted.Root ?? Formats[format], variables);
        var kept = ImportOwnership.Settle(imported.Document, await reading.ReadAsync(ct));
        var text = YamlWriting.Write(imported.Document);
        try
        {
            // Who may not make keys is not told either which tokens open something.
            var keys = by.MayMakeKeys ? imported.PushKeys : [];
            var plan = await run(new(text, imported.Secrets, Prune: false, wanted.Reason), keys);
            var closed = imported.PushKeys.Except(keys).Select(k => $"{k.Source}: {NeedsAdmin}");
            return new(text, plan, [.. Unreadable(wanted.Text), .. imported.Left, .. closed, .. kept]);
        }
        catch (FaultException refused) when (refused.Fault.Code == "validation")
        {
            throw new FaultException(Told(refused.Fault, imported.Document));
        }
    }

    private const string NeedsAdmin =
        "its token; ask an administrator to import this file again, which makes its push key and changes nothing else";

    // What reads a file as UTF-8 that is none puts this character in the place of what it cannot read.
    private static IEnumerable<string> Unreadable(string text) =>
        text.Contains('\uFFFD', StringComparison.Ordinal)
            ? ["letters that could not be read: save the file as UTF-8 and import it again"]
            : [];

    private Imported Read(string format, string text, string root, IReadOnlyDictionary<string, string> variables)
    {
        if (format == "csv")
            return CsvImport.Read(text, root);
        var files = YamlReading.ReadAll(text).Select(f => f.Root).ToList();
        var file = files.FirstOrDefault();
        if (!HasAny(files, format))
            throw new FaultException(
                Fault.Invalid("/text", $"this is no file of {Formats[format]}: {Expected(format)}")
            );
        return format switch
        {
            "gatus" => GatusImport.Read(file, root, variables),
            "healthchecks" => HealthchecksImport.Read(file, root, time.GetUtcNow()),
            "kuma" => KumaImport.Read(file, root),
            "prometheus" => PrometheusImport.Read(files, root),
            _ => ServicesImport.Read(file, root),
        };
    }

    private static bool HasAny(List<JsonNode?> files, string format) =>
        files.OfType<JsonObject>().Any(f => Sections(format).Any(f.ContainsKey));

    private static string Expected(string format) => $"expected {string.Join(" or ", Sections(format))}";

    private static string[] Sections(string format) =>
        format switch
        {
            "gatus" => ["endpoints", "external-endpoints"],
            "healthchecks" => ["checks"],
            "kuma" => ["monitorList"],
            "prometheus" => ["modules", "scrape_configs"],
            _ => ["services"],
        };

    // Lines of a text that nobody wrote mean nothing to people; the name of what is wrong does.
    private static Fault Told(Fault fault, JsonObject document)
    {
        var errors = (fault.Errors ?? new Dictionary<string, IReadOnlyList<string>>()).ToDictionary(
            e => e.Key,
            e =>
                (IReadOnlyList<string>)
                    [
                        .. e.Value.Select(m =>
                            $"{NameAt(document, e.Key)}{m[(m.IndexOf(": ", StringComparison.Ordinal) + 2)..]}"
                        ),
                    ],
            StringComparer.Ordinal
        );
        return Fault.Invalid(errors);
    }

    private static string NameAt(JsonNode? node, string pointer)
    {
        var name = "";
        foreach (var step in pointer.Split('/').Skip(1))
        {
            node = node switch
            {
                JsonArray items when int.TryParse(step, CultureInfo.InvariantCulture, out var i) && i < items.Count =>
                    items[i],
                JsonObject members => members[step],
                _ => null,
            };
            if (node.Text("name") is { } found)
                name = found;
        }
        return name.Length == 0 ? "" : name + ": ";
    }
}
