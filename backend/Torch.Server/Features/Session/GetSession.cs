using Torch.Contracts;
using Torch.Server.Auth;

namespace Torch.Server.Features.Session;

internal static class GetSession
{
    /// <summary>Whether one has to sign in, who is signed in, and what they may do.</summary>
    public static Task<SessionView> Handle(HttpContext http, SessionViews views) => views.OfAsync(http, http.Caller());
}

/// <summary>What a browser is told of its session, and of the ways to get one.</summary>
internal sealed class SessionViews(
    LocalDoor local,
    People people,
    Setup setup,
    Identities identities,
    TorchOptions options
)
{
    private static readonly (Right Right, string Word)[] Words =
    [
        (Right.Read, "read"),
        (Right.Ingest, "ingest"),
        (Right.Write, "write"),
        (Right.Admin, "admin"),
    ];

    public async Task<SessionView> OfAsync(HttpContext http, Caller? caller)
    {
        var ct = http.RequestAborted;
        var isLocal = await local.IsOpenAsync(ct);
        var person = caller?.Kind == CallerKind.Person ? caller.Subject : null;
        return new(
            !isLocal,
            caller is not null,
            caller?.Name,
            [.. Words.Where(w => caller?.May(w.Right) == true).Select(w => w.Word)],
            person,
            caller?.Hierarchies ?? caller?.Sees,
            await setup.IsOpenAsync(ct),
            options.Demo || !(await people.RecentAsync(ct)).People.IsEmpty,
            options.Provider?.Name,
            options.Provider is not null && person is { } id ? await identities.IsBoundAsync(id, ct) : null
        );
    }
}
