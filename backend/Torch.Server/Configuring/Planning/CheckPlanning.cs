using System.Text.Json.Nodes;
using FluentValidation;
using Torch.Contracts;
using Torch.Domain;
using Torch.Server.Auth;
using Torch.Server.Configuring.Reading;
using Torch.Server.Configuring.Text;
using Torch.Server.Features;
using Torch.Server.Features.Checks;
using Torch.Server.Http;
using Model = Torch.Domain.Checks;

namespace Torch.Server.Configuring.Planning;

/// <summary>A check as the file wants it.</summary>
/// <param name="Known">What is in force; null for a new one.</param>
internal sealed record WantedCheck(Guid Id, Model.CheckSettings Settings, CurrentCheck? Known, string Pointer);

/// <summary>Checks: found by their id, their source, or their name.</summary>
internal sealed class CheckPlanning(
    PlanContext context,
    JournalStreams streams,
    IValidator<CheckRequest> validator,
    Secrets secrets
)
{
    private const string Kind = "check";

    private readonly Dictionary<Guid, WantedCheck> _wanted = [];
    private readonly List<WantedCheck> _changed = [];
    private readonly List<CurrentCheck> _gone = [];

    public void Plan(IReadOnlyList<JsonObject> checks)
    {
        for (var i = 0; i < checks.Count; i++)
            Plan((JsonObject)checks[i].DeepClone(), ConfigPlaces.Step("/checks", i));
    }

    /// <summary>The check that a leaf names: of the file first, then of what is there.</summary>
    public Guid? Find(string text, string pointer)
    {
        List<Guid> found = [.. _wanted.Values.Where(w => w.Settings.Name == text).Select(w => w.Id)];
        if (found.Count == 0)
            found = [.. _wanted.Values.Where(w => w.Settings.Source == text).Select(w => w.Id)];
        if (found.Count == 0)
            found = [.. context.Current.ChecksNamed(text).Select(c => c.Id)];
        if (found.Count == 0)
            found = [.. context.Current.Checks.Where(c => c.Settings.Source == text).Select(c => c.Id)];
        if (found.Count == 0 && Guid.TryParse(text, out var id) && Settings(id) is not null)
            found = [id];
        if (found.Count == 1)
            return found[0];
        context.Problems.Add(
            pointer,
            found.Count == 0
                ? $"there is no check \"{text}\""
                : $"{found.Count} checks are called \"{text}\": name its source or its id"
        );
        return null;
    }

    /// <summary>As it will be; null where there is none.</summary>
    public Model.CheckSettings? Settings(Guid id) =>
        _wanted.TryGetValue(id, out var wanted) ? wanted.Settings : context.Current.Check(id)?.Settings;

    /// <summary>What the file does not name goes, unless a node shows it still. What only reports made comes and goes with them.</summary>
    public void Prune(IReadOnlySet<Guid> shown)
    {
        foreach (var check in context.Current.Checks.Where(c => c.IsEdited && !_wanted.ContainsKey(c.Id)))
            if (shown.Contains(check.Id))
                context.Notes.Add(
                    $"The check {check.Settings.Name} stays: a node that the file does not speak of shows it."
                );
            else
            {
                context.Delete(
                    Kind,
                    check.Settings.Name,
                    check.Id,
                    ConfigSecrets.Redacted(CheckForm.Of(check.Settings))
                );
                _gone.Add(check);
            }
    }

    public async Task AppendAsync(CancellationToken ct)
    {
        foreach (var wanted in _changed)
        {
            var (check, version) = await streams.CheckAsync(wanted.Id, ct);
            if (wanted.Known is null && version > 0 && check.Id != wanted.Id)
                context.Problems.Add(wanted.Pointer + "/id", "this id belongs to something else");
            var decision = check.Exists
                ? check.Change(wanted.Settings)
                : Model.Check.Create(check, wanted.Id, wanted.Settings);
            if (context.Take(wanted.Pointer, decision) is { Count: > 0 } events)
                context.Appends.Add(JournalStreams.OfCheck(wanted.Id, events, version, context.Who));
        }
        foreach (var gone in _gone)
        {
            var (_, version) = await streams.CheckAsync(gone.Id, ct);
            context.Appends.Add(
                JournalStreams.OfCheck(gone.Id, [new Model.CheckDeleted(gone.Id)], version, context.Who)
            );
        }
    }

    private void Plan(JsonObject check, string pointer)
    {
        if (!TryTakeId(check, pointer, out var id))
            return;
        var known = Known(id, Text(check["source"]), Text(check["name"]), pointer);
        if (
            !Fill(check, known, pointer)
            || ConfigJson.Read<CheckRequest>(check, pointer, context.Problems) is not { } request
        )
            return;
        var verdict = validator.Validate(request);
        foreach (var (at, messages) in Validation.Errors(verdict))
        foreach (var message in messages)
            context.Problems.Add(pointer + at, message);
        if (verdict.IsValid && Stored(request, known, pointer) is { } settings)
            Take(new(IdOf(known, request, id), settings, known, pointer));
    }

    private void Take(WantedCheck wanted)
    {
        if (!_wanted.TryAdd(wanted.Id, wanted))
        {
            context.Problems.Add(wanted.Pointer, $"the check {wanted.Settings.Name} stands here twice");
            return;
        }
        if (
            wanted.Known is null
            && wanted.Settings.Source is null
            && _wanted.Values.Count(w => w.Settings.Name == wanted.Settings.Name && w.Known is null) > 1
        )
            context.Problems.Add(
                wanted.Pointer,
                $"two new checks are called {wanted.Settings.Name}: give each another name"
            );
        var before = wanted.Known is { } known ? CheckForm.Of(known.Settings) : null;
        var after = CheckForm.Of(wanted.Settings);
        var differs = before is null || !JsonNode.DeepEquals(before, after);
        if (!differs)
            context.Compare(Kind, wanted.Settings.Name, wanted.Id, before, after);
        else
        {
            _changed.Add(wanted);
            Note(wanted, before, after);
        }
    }

    // A secret that differs is said to differ, and nothing more.
    private void Note(WantedCheck wanted, JsonObject? before, JsonObject after)
    {
        var (old, now) = (before is null ? null : ConfigSecrets.Redacted(before), ConfigSecrets.Redacted(after));
        if (before is not null)
            ConfigSecrets.Replace(
                now,
                (way, text) =>
                    ConfigSecrets.TextAt(old, way) == text
                    && ConfigSecrets.TextAt(before, way) != ConfigSecrets.TextAt(after, way)
                        ? text + " (another one)"
                        : null
            );
        context.Compare(Kind, wanted.Settings.Name, wanted.Id, old, now);
    }

    private bool TryTakeId(JsonObject check, string pointer, out Guid? id)
    {
        id = null;
        if (check["id"] is not { } given)
            return true;
        check.Remove("id");
        if (Guid.TryParse(Text(given), out var read))
            id = read;
        else
            context.Problems.Add(pointer + "/id", "expected a UUID such as \"019a1fcc-16ae-773e-a891-b542ab02a1b2\"");
        return id is not null;
    }

    private CurrentCheck? Known(Guid? id, string? source, string? name, string pointer)
    {
        if (id is { } given && context.Current.Check(given) is { } byId)
            return byId;
        if (source is not null)
            return context.Current.Check(CheckIds.OfSource(source));
        var named =
            name is null || id is not null
                ? []
                : context.Current.ChecksNamed(name).Where(c => c.Settings.Source is null).ToList();
        if (named.Count > 1)
            context.Problems.Add(
                pointer,
                $"{named.Count} checks are called {name}: give the id of the one that is meant"
            );
        return named.FirstOrDefault();
    }

    // What the file says of a secret without its value leaves the secret as it is.
    private bool Fill(JsonObject check, CurrentCheck? known, string pointer)
    {
        var unfilled = context
            .Unfilled.Where(u => u.Key.StartsWith(pointer + "/", StringComparison.Ordinal))
            .ToDictionary(u => u.Key[(pointer.Length + 1)..], u => u.Value, StringComparer.Ordinal);
        var left = unfilled.Keys.ToHashSet(StringComparer.Ordinal);
        if (known is not null && left.Count > 0)
            ConfigSecrets.Keep(check, CheckForm.Of(known.Settings), left);
        foreach (var way in left)
            context.Problems.Add(pointer + "/" + way, $"the variable {unfilled[way]} has no value");
        return left.Count == 0;
    }

    // As the log keeps them: secrets encrypted, those that stay as they are.
    private Model.CheckSettings? Stored(CheckRequest request, CurrentCheck? known, string pointer)
    {
        try
        {
            return CheckSecrets.Stored(CheckMapping.Settings(request), known?.Settings, secrets);
        }
        catch (FaultException refused)
        {
            context.Problems.Add(pointer, refused.Fault);
            return null;
        }
    }

    private static Guid IdOf(CurrentCheck? known, CheckRequest request, Guid? given) =>
        known?.Id ?? (request.Source is { } source ? CheckIds.OfSource(source) : given ?? Guid.CreateVersion7());

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
