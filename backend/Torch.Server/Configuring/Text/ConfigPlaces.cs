using System.Globalization;
using System.Runtime.InteropServices;
using Torch.Server.Http;

namespace Torch.Server.Configuring.Text;

/// <summary>Where something stands in a file; both count from 1.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FilePlace(long Line, long Column)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"line {Line}, column {Column}");
}

/// <summary>Where each value of a document stood in the text that it was read from, by JSON pointer.</summary>
internal sealed class ConfigPlaces
{
    private readonly Dictionary<string, FilePlace> _places = new(StringComparer.Ordinal);

    public void Note(string pointer, FilePlace place) => _places.TryAdd(pointer, place);

    /// <summary>Of the value, or of the nearest one around it that stands in the file.</summary>
    public FilePlace Of(string pointer)
    {
        for (var at = pointer; ; at = at[..at.LastIndexOf('/')])
            if (_places.TryGetValue(at, out var place))
                return place;
            else if (at.LastIndexOf('/') < 0)
                return new(1, 1);
    }

    public static string Step(string pointer, string name) =>
        $"{pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    public static string Step(string pointer, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{pointer}/{index}");
}

/// <summary>Everything that is wrong with a document, each with its place: people mend a file in one go.</summary>
internal sealed class ConfigProblems(ConfigPlaces places)
{
    private const int Most = 100;

    private readonly SortedDictionary<(long, long, string), List<string>> _found = [];

    public bool Any => _found.Count > 0;

    /// <summary>The first one's words, without its place.</summary>
    public string? First =>
        _found.Values.FirstOrDefault()?[0] is { } said
            ? said[(said.IndexOf(": ", StringComparison.Ordinal) + 2)..]
            : null;

    public void Add(string pointer, string message)
    {
        var place = places.Of(pointer);
        var key = (place.Line, place.Column, pointer);
        if (!_found.TryGetValue(key, out var said))
            _found.Add(key, said = []);
        var whole = $"{place}: {message}";
        if (!said.Contains(whole))
            said.Add(whole);
    }

    /// <summary>Takes over what a part of the document was refused for.</summary>
    public void Add(string prefix, Fault fault)
    {
        if (fault.Errors is not { Count: > 0 } errors)
            Add(prefix, fault.Detail);
        else
            foreach (var (pointer, messages) in errors)
            foreach (var message in messages)
                Add(prefix + pointer, message);
    }

    /// <exception cref="FaultException">Something is wrong.</exception>
    public void ThrowIfAny()
    {
        if (!Any)
            return;
        var errors = _found
            .Take(Most)
            .ToDictionary(f => f.Key.Item3, f => (IReadOnlyList<string>)f.Value, StringComparer.Ordinal);
        throw new FaultException(Fault.Invalid(errors));
    }
}
