using System.Globalization;
using System.Text.Json.Nodes;
using Torch.Contracts;
using Torch.Server.Configuring;
using Torch.Server.Configuring.Planning;
using Torch.Server.Configuring.Text;
using Torch.Server.Features.Checks;
using Torch.Server.Http;
using static Torch.Server.Importing.Loose;

namespace Torch.Server.Importing;

/// <summary>What another system's configuration comes to.</summary>
/// <param name="Document">A configuration, with placeholders for secrets.</param>
/// <param name="Secrets">What the placeholders stand for.</param>
/// <param name="Left">What could not be carried, or is otherwise than it was; for people.</param>
/// <param name="PushKeys">The tokens that its scripts push with.</param>
internal sealed record Imported(
    JsonObject Document,
    IReadOnlyDictionary<string, string> Secrets,
    IReadOnlyList<string> Left,
    IReadOnlyList<WantedPushKey> PushKeys
);

/// <summary>A group that is being filled.</summary>
internal sealed class ImportedGroup
{
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);

    public ImportedGroup(string name)
    {
        Name = name;
        Node = new() { ["name"] = name, ["children"] = Children };
    }

    public string Name { get; }

    public JsonArray Children { get; } = [];

    public Dictionary<string, ImportedGroup> Groups { get; } = new(StringComparer.Ordinal);

    /// <summary>The node itself; what a group is beside its name goes there.</summary>
    public JsonObject Node { get; }

    /// <summary>A name that no other child has: the second of two gets a number.</summary>
    public string Unique(string wanted)
    {
        var number = _names[wanted] = _names.GetValueOrDefault(wanted) + 1;
        return number == 1 ? wanted : Unique(string.Create(CultureInfo.InvariantCulture, $"{wanted} ({number})"));
    }
}

/// <summary>Builds a configuration out of another system's objects: one hierarchy, a check for each leaf, names that are told apart.</summary>
internal sealed class ImportBuilder
{
    private static readonly CheckValidator Frame = new();

    private readonly Dictionary<string, int> _checkNames = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _checksBySource = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _secrets = new(StringComparer.Ordinal);
    private readonly ImportedTokens _tokens = new();
    private readonly JsonArray _checks = [];

    public ImportBuilder(string root) => Root = new(Clean(root));

    public ImportedGroup Root { get; }

    public List<string> Left { get; } = [];

    /// <summary>The group at a path of names, made where it is not there.</summary>
    public ImportedGroup Group(ImportedGroup above, string name)
    {
        var clean = Clean(name);
        if (!above.Groups.TryGetValue(clean, out var group))
            above.Groups.Add(clean, group = NewGroup(above, clean));
        return group;
    }

    /// <summary>A group of its own, whatever others are called.</summary>
    public ImportedGroup NewGroup(ImportedGroup above, string name)
    {
        var group = new ImportedGroup(above.Unique(Clean(name)));
        above.Children.Add(group.Node);
        return group;
    }

    /// <summary>A leaf with a check of its own; one that Torch would refuse is left out, and said.</summary>
    /// <param name="check">Without its name.</param>
    /// <param name="settings">What the leaf has beside name and check.</param>
    /// <param name="token">What its script pushes with.</param>
    public void Leaf(
        ImportedGroup group,
        string name,
        JsonObject check,
        JsonObject? settings = null,
        ImportedToken? token = null
    )
    {
        PutCredentialsInTheirPlace(check);
        if (Problem(check) is { } problem)
        {
            Left.Add($"{name}: {problem}");
            return;
        }
        if (token is not null && check.Text("source") is { } source && _tokens.Take(token, source) is { } lost)
            Left.Add($"{name}: {lost}");
        var leaf = group.Unique(Clean(name));
        var node = new JsonObject { ["name"] = leaf, ["check"] = CheckOf(check, leaf, group) };
        foreach (var (member, value) in settings?.ToList() ?? [])
            if (value is not null)
                node[member] = value.DeepClone();
        group.Children.Add(node);
    }

    /// <summary>A source that no other check has: the second of two gets a number.</summary>
    public string UniqueSource(string wanted)
    {
        var source = wanted;
        for (var i = 2; _checksBySource.ContainsKey(source); i++)
            source = string.Create(CultureInfo.InvariantCulture, $"{wanted} ({i})");
        return source;
    }

    public Imported Done()
    {
        DropEmpty(Root.Node);
        var nodes = Root.Children.Count > 0 ? new JsonArray(Root.Node) : [];
        return new(
            new()
            {
                ["torch"] = ConfigExport.Form,
                ["checks"] = _checks,
                ["nodes"] = nodes,
            },
            _secrets,
            Left,
            _tokens.PushKeys
        );
    }

    // A group without a leaf would be unknown for ever, and what stands above it with it.
    private void DropEmpty(JsonObject group)
    {
        var children = (JsonArray)group["children"]!;
        foreach (var below in children.OfType<JsonObject>().Where(c => c.ContainsKey("children")).ToList())
        {
            DropEmpty(below);
            if (((JsonArray)below["children"]!).Count > 0)
                continue;
            children.Remove(below);
            Left.Add($"the group {below.Text("name")}: nothing would stand in it");
        }
    }

    // Two leaves of one source show one check.
    private string CheckOf(JsonObject check, string leaf, ImportedGroup group)
    {
        var source = check.Text("source");
        if (source is not null && _checksBySource.TryGetValue(source, out var known))
            return known;
        var called = UniqueCheck(leaf, group);
        if (source is not null)
            _checksBySource.Add(source, called);
        TakeSecretsOut(check, called);
        var whole = new JsonObject { ["name"] = called };
        foreach (var (member, value) in check.Where(m => m.Value is not null).ToList())
            whole[member] = value!.DeepClone();
        _checks.Add(whole);
        return called;
    }

    // Others send what stands in the URL before the host; Torch sends what the check says for it, and keeps that secret.
    private static void PutCredentialsInTheirPlace(JsonObject check)
    {
        if (check["http"] is not JsonObject http || http.Text("url") is not { } url)
            return;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.UserInfo.Length == 0)
            return;
        http["url"] = WithoutCredentials(url);
        var (user, password) = uri.UserInfo.Split(':', 2) is [var name, var secret]
            ? (name, secret)
            : (uri.UserInfo, "");
        if (!http.ContainsKey("auth"))
            http["auth"] = Whole(
                ("basic", Whole(("user", Uri.UnescapeDataString(user)), ("password", Uri.UnescapeDataString(password))))
            );
    }

    private static string? Problem(JsonObject check)
    {
        var problems = new ConfigProblems(new());
        var whole = (JsonObject)check.DeepClone();
        whole["name"] = "check";
        if (ConfigJson.Read<CheckRequest>(whole, "", problems) is not { } request)
            return problems.First;
        return Frame.Validate(request).Errors.FirstOrDefault() is { } wrong
            ? $"{Validation.Pointer(wrong.PropertyName)} {wrong.ErrorMessage}"
            : null;
    }

    private string UniqueCheck(string name, ImportedGroup group)
    {
        if (_checkNames.TryAdd(name, 1))
            return name;
        var below = Clean($"{group.Name}: {name}");
        if (_checkNames.TryAdd(below, 1))
            return below;
        for (var i = 2; ; i++)
            if (_checkNames.TryAdd(string.Create(CultureInfo.InvariantCulture, $"{below} ({i})"), 1))
                return string.Create(CultureInfo.InvariantCulture, $"{below} ({i})");
    }

    private void TakeSecretsOut(JsonObject check, string name)
    {
        Placeholders.EscapeAll(check);
        ConfigSecrets.TakeOut(check, name, _secrets);
    }

    private static string Clean(string name)
    {
        var clean = new string([.. name.Select(c => char.IsControl(c) ? ' ' : c)]).Trim();
        return clean.Length switch
        {
            0 => "(without a name)",
            > 180 => clean[..180],
            _ => clean,
        };
    }
}

/// <summary>Reading of JSON whose members may be missing, or of another type than one would think.</summary>
internal static class Loose
{
    public static string? Text(this JsonNode? node, string member) => Text((node as JsonObject)?[member]);

    public static string? Text(JsonNode? node) =>
        node is not JsonValue value ? null
        : value.TryGetValue<string>(out var text) ? (text.Length == 0 ? null : text)
        : value.ToJsonString();

    public static double? Number(this JsonNode? node, string member) =>
        double.TryParse(node.Text(member), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    public static bool? Flag(this JsonNode? node, string member) =>
        node.Text(member)?.ToLowerInvariant() switch
        {
            "true" or "1" or "yes" or "on" => true,
            "false" or "0" or "no" or "off" => false,
            _ => null,
        };

    public static IEnumerable<JsonNode> List(this JsonNode? node, string member) =>
        (node as JsonObject)?[member] is JsonArray items ? items.OfType<JsonNode>() : [];

    public static JsonNode? Member(this JsonNode? node, string member) => (node as JsonObject)?[member];

    /// <summary>The names of an object's members that are none of these.</summary>
    public static IEnumerable<string> Others(this JsonNode? node, params IReadOnlyList<string> known) =>
        (node as JsonObject ?? []).Select(m => m.Key).Except(known, StringComparer.Ordinal);

    public static IEnumerable<KeyValuePair<string, JsonNode?>> Members(this JsonNode? node, string member) =>
        (node as JsonObject)?[member] is JsonObject members ? members : [];

    /// <summary>Seconds as a duration; null where there are none.</summary>
    public static string? Seconds(double? seconds) =>
        seconds is > 0 and < 1e8
            ? FriendlyDurationConverter.Print(TimeSpan.FromMilliseconds(Math.Round(seconds.Value * 1000)))
            : null;

    /// <summary>An object without the members that are null.</summary>
    public static JsonObject Whole(params ReadOnlySpan<(string Name, JsonNode? Value)> members)
    {
        var whole = new JsonObject();
        foreach (var (name, value) in members)
            if (value is not null and not JsonObject { Count: 0 })
                whole[name] = value;
        return whole;
    }

    public static JsonArray Texts(IEnumerable<string> texts) =>
        new([.. texts.Select(t => (JsonNode?)JsonValue.Create(t))]);

    /// <summary>A URL without user and password, for sending and for reading aloud.</summary>
    public static string WithoutCredentials(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.UserInfo.Length == 0)
            return url;
        var from = url.IndexOf("://", StringComparison.Ordinal) + 3;
        return url[..from] + url[(url.IndexOf('@', from) + 1)..];
    }

    /// <summary>Host and port of <c>host:port</c>, <c>[::1]:port</c> or a URL.</summary>
    public static (string Host, int Port)? Address(string text, int? usual = null)
    {
        var bare = text[(text.IndexOf("://", StringComparison.Ordinal) is >= 0 and var at ? at + 3 : 0)..].Split('/')[
            0
        ];
        return
            Uri.TryCreate("tcp://" + bare, UriKind.Absolute, out var uri)
            && uri.Host.Length > 0
            && (uri.Port > 0 || usual is not null)
            ? (uri.Host.Trim('[', ']'), uri.Port > 0 ? uri.Port : usual!.Value)
            : null;
    }
}
