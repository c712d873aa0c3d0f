using System.Globalization;
using System.Text.Json;
using System.Xml;

namespace Torch.Cli.Projections;

/// <summary>Projections in lines for people.</summary>
internal static class ProjectionText
{
    public static IEnumerable<string> Table(JsonElement projections)
    {
        yield return Line("name", "position", "lag", "parked", "");
        foreach (var p in projections.EnumerateArray())
            yield return Line(
                Text(p, "name"),
                Number(p, "position"),
                string.Create(CultureInfo.InvariantCulture, $"{p.GetProperty("lagSeconds").GetDouble():0.0} s"),
                Number(p, "parkedStreams"),
                Rest(p)
            );
    }

    public static string Progress(string name, JsonElement rebuild)
    {
        var left = rebuild.GetProperty("timeLeft") is { ValueKind: JsonValueKind.String } text
            ? $", {Span(text.GetString()!)} left"
            : "";
        var waiting = Maybe(rebuild, "waiting") is { } why ? $", waits: {why}" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {rebuild.GetProperty("share").GetDouble():P1}, {rebuild.GetProperty("eventsPerSecond").GetDouble():N0} events/s{left}{waiting}"
        );
    }

    public static IEnumerable<string> End(JsonElement end)
    {
        var took = end.GetProperty("endedAt").GetDateTimeOffset() - end.GetProperty("startedAt").GetDateTimeOffset();
        var (name, outcome, position) = (Text(end, "name"), Text(end, "outcome"), Number(end, "position"));
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {outcome} at position {position} after {took.TotalSeconds:0.0} s"
        );
        if (Maybe(end, "liveHash") is not { } live)
            yield break;
        yield return $"  live    {live}";
        yield return $"  rebuilt {Maybe(end, "rebuiltHash")}";
        if (Maybe(end, "differentTable") is { } table)
            yield return $"  first difference: {table} {Maybe(end, "differentKey")}";
    }

    public static IEnumerable<string> Parked(JsonElement streams) =>
        streams.GetArrayLength() > 0 ? streams.EnumerateArray().Select(ParkedStream) : ["nothing is parked"];

    private static string ParkedStream(JsonElement stream) =>
        $"{Text(stream, "log")} {Text(stream, "streamId")}: {Number(stream, "events")} events since {Text(stream, "type")} at position {Number(stream, "position")}: {Text(stream, "error")}";

    private static string Rest(JsonElement projection) =>
        projection.GetProperty("rebuild") is { ValueKind: JsonValueKind.Object } rebuild
            ? Progress(Text(rebuild, "purpose"), rebuild)
            : Maybe(projection, "waiting") ?? "";

    private static string Line(string name, string position, string lag, string parked, string rest) =>
        $"{name, -20} {position, 14} {lag, 10} {parked, 8}  {rest}".TrimEnd();

    private static string Span(string iso) => XmlConvert.ToTimeSpan(iso).ToString("c", CultureInfo.InvariantCulture);

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static string? Maybe(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static string Number(JsonElement json, string name) =>
        json.GetProperty(name).GetInt64().ToString("N0", CultureInfo.InvariantCulture);
}
