using Npgsql;
using Torch.Contracts;
using Torch.Domain;
using Torch.Domain.Checks;
using Torch.Domain.Statuses;
using Torch.EventStore;
using Torch.Server.Evaluating;
using Torch.Server.Events;
using Torch.Server.Features;

namespace Torch.Server.Agents;

/// <summary>
/// A feed's devices as reports, each of a source of its own: <c>&lt;the feed's source or name&gt;/&lt;id&gt;</c>. They go to the log with the
/// feed's result; a device that was never seen before is an unplaced report, and one that is gone expires as any source that falls silent.
/// </summary>
internal sealed class FeedReports(NpgsqlDataSource db, IEvaluation evaluation)
{
    private const int MostItems = 5_000;
    private const int MostIdCharacters = 100;
    private const int MostTextCharacters = 200;
    private const int MostSourceCharacters = 200;
    private const string Feeds =
        "select id, coalesce(source, name) from torch.checks where id = any($1) and kind = 'feed'";

    // What lists of devices usually say, where the check does not say what it means.
    private static readonly Dictionary<string, string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["online"] = StatusCatalog.Up,
        ["ok"] = StatusCatalog.Up,
        ["active"] = StatusCatalog.Up,
        ["healthy"] = StatusCatalog.Up,
        ["running"] = StatusCatalog.Up,
        ["warning"] = StatusCatalog.Degraded,
        ["offline"] = StatusCatalog.Down,
        ["inactive"] = StatusCatalog.Down,
        ["unreachable"] = StatusCatalog.Down,
        ["error"] = StatusCatalog.Down,
        ["failed"] = StatusCatalog.Down,
        ["stopped"] = StatusCatalog.Down,
    };

    /// <summary>In the order of the results. A feed that was deleted meanwhile brings none.</summary>
    public async Task<IReadOnlyList<StreamAppend>> OfAsync(
        IReadOnlyList<Contracts.ProbeCompleted> results,
        CancellationToken cancellationToken
    )
    {
        var fed = results.Where(r => r.Items is { Count: > 0 }).ToList();
        if (fed.Count == 0)
            return [];
        var names = await NamesAsync([.. fed.Select(r => r.CheckId).Distinct()], cancellationToken);
        return [.. fed.Where(r => names.ContainsKey(r.CheckId)).SelectMany(r => Of(r, names[r.CheckId]))];
    }

    private async Task<Dictionary<Guid, string>> NamesAsync(Guid[] checks, CancellationToken cancellationToken)
    {
        var rows = await db.QueryAsync(
            Feeds,
            [checks],
            r => (Id: r.GetGuid(0), Name: r.GetString(1)),
            cancellationToken
        );
        return rows.ToDictionary(r => r.Id, r => r.Name);
    }

    private IEnumerable<StreamAppend> Of(Contracts.ProbeCompleted result, string feed) =>
        result
            .Items!.Take(MostItems)
            .Where(IsSound)
            .Select(item =>
            {
                var source = Source(feed, item.Id);
                var check = CheckIds.OfSource(source);
                var report = new ReportReceived(
                    check,
                    source,
                    result.At.ToUniversalTime(),
                    Status: StatusOf(item.Status),
                    Message: Message(item),
                    Title: Sound(item.Name)
                );
                var data = EventCodec.Encode(report, NameId.Of(result.Id, item.Id));
                return new StreamAppend(Log.Telemetry, check, [data], "check");
            });

    // An agent elsewhere sends what it likes.
    private static bool IsSound(FeedItem item) =>
        item.Id is { Length: > 0 and <= MostIdCharacters } && !item.Id.Any(char.IsControl);

    // Ids tell devices apart, so it is the feed's name that gives way.
    private static string Source(string feed, string id)
    {
        var (name, most) = (Sound(feed)!, MostSourceCharacters - 1 - id.Length);
        return $"{(name.Length > most ? name[..most] : name)}/{Sound(id)}";
    }

    private string? StatusOf(string? word) =>
        word is null ? null
        : evaluation.Statuses.Find(word) is { } status ? status.Name
        : evaluation.Statuses.Find(word.ToLowerInvariant()) is { } lower ? lower.Name
        : Words.GetValueOrDefault(word, StatusCatalog.Unknown);

    private static string? Message(FeedItem item) =>
        (Sound(item.Address), Sound(item.Status)) switch
        {
            (null, null) => null,
            ({ } address, null) => address,
            (null, { } status) => status,
            var (address, status) => $"{address} is {status}",
        };

    private static string? Sound(string? text) =>
        text is null ? null : new([.. text.Take(MostTextCharacters).Select(c => char.IsControl(c) ? '\uFFFD' : c)]);
}
