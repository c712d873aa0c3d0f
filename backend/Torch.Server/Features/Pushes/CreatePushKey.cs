using FluentValidation;
using Torch.Contracts;
using Torch.Domain.Pushes;
using Torch.EventStore;
using Torch.Server.Http;

namespace Torch.Server.Features.Pushes;

internal static class CreatePushKey
{
    /// <summary>Make a push key.</summary>
    /// <remarks>For scripts written for Uptime Kuma, Healthchecks, Gatus or Alertmanager: they go on with another host name, and with their own token where one is given. The answer holds the token, which is told this once.</remarks>
    /// <response code="201">Made.</response>
    public static async Task<IResult> Handle(
        HttpContext http,
        PushKeyValidator validator,
        JournalStreams streams,
        IEventLog log,
        Appended appended,
        PushKeys keys
    )
    {
        var wanted = (await http.ReadJsonAsync(validator)).Value;
        var token = wanted.Token ?? PushKeys.Make(wanted.Source is not null);
        var id = PushKey.IdOf(token);
        var (key, version) = await streams.ReadAsync(Journaled.PushKey, id, http.RequestAborted);
        var name = wanted.Name ?? wanted.Source ?? wanted.Prefix ?? "";
        var made = new PushKeyCreated(id, name, PushKeys.HashOf(token), wanted.Source, wanted.Prefix);
        var events = key.Create(made).EventsOrRefuse();
        var append = Journaled.PushKey.Append(id, events, version, EventHeaders.Of(http));
        if (
            await log.AppendAsync(new AppendRequest { Streams = [append] }, http.RequestAborted)
            is not AppendOutcome.Appended done
        )
            return Fault.Conflict("This token opens something already.").Answer();
        appended.Note(done.Position);
        keys.Forget(id);
        http.Response.Headers.CacheControl = "no-store";
        return Results.Created(
            $"/api/v1/push-keys/{id}",
            new PushKeyMade(id, token, PushUrls.Of(http, token, made), done.Position, version + 1)
        );
    }
}

internal static class RemovePushKey
{
    /// <summary>Remove a push key.</summary>
    /// <remarks>It opens nothing any more, within five seconds also on other servers. What was pushed with it stays.</remarks>
    public static async Task<IResult> Handle(
        Guid id,
        HttpContext http,
        Commands commands,
        JournalStreams streams,
        PushKeys keys
    )
    {
        var answer = await commands.RunAsync(
            http,
            _ => streams.ChangeAsync(Journaled.PushKey, id, http, k => k.Remove())
        );
        keys.Forget(id);
        return answer;
    }
}

internal sealed class PushKeyValidator : AbstractValidator<PushKeyRequest>
{
    public PushKeyValidator()
    {
        RuleFor(k => k.Source).Name().When(k => k.Source is not null);
        RuleFor(k => k.Prefix).Name().When(k => k.Prefix is not null);
        RuleFor(k => k.Name).Name().When(k => k.Name is not null);
        RuleFor(k => k.Source)
            .Must((k, _) => k.Source is null != k.Prefix is null)
            .WithMessage("either a source or a prefix is needed");
        RuleFor(k => k.Token)
            .Must(t => t is null || PushTokens.Problem(t) is null)
            .WithMessage((_, t) => PushTokens.Problem(t!)!);
    }
}

/// <summary>Where a key's token is pushed to, for each system whose scripts there are.</summary>
internal static class PushUrls
{
    public static IReadOnlyDictionary<string, string> Of(HttpContext http, string token, PushKeyCreated key)
    {
        var root = $"{http.Request.Scheme}://{http.Request.Host}";
        var urls = new Dictionary<string, string>(StringComparer.Ordinal);
        if (key.Source is not null)
            urls["kuma"] = $"{root}/api/push/{token}?status=up&msg=OK&ping=";
        if (key.Source is not null && Guid.TryParse(token, out _))
            urls["healthchecks"] = $"{root}/ping/{token}";
        if (key.Prefix is not null && !Guid.TryParse(token, out _))
            urls["healthchecks"] = $"{root}/ping/{token}/{{slug}}";
        urls["gatus"] =
            $"{root}/api/v1/endpoints/{(key.Source is { } source ? GatusKey.Of(source) : "{key}")}/external";
        if (key.Prefix is not null)
            urls["alertmanager"] = $"{root}/api/v1/alertmanager";
        return urls;
    }
}
