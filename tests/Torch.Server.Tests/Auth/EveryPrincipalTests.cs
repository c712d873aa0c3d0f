using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Torch.Server.Tests.Auth;

/// <summary>Every operation of the OpenAPI document, asked by everybody.</summary>
[Collection(AccountFixture.Name)]
public sealed partial class EveryPrincipalTests(AccountFixture fixture)
{
    private static readonly string[] ReadOnly = ["read"];
    private static readonly string[] Editing = ["read", "ingest", "write"];
    private static readonly string[] Everything = ["read", "ingest", "write", "admin"];

    private string _otherAdmin = "";

    private sealed record Principal(string Name, HttpClient Client, string[] Rights, bool IsKnown = true);

    [Fact]
    public async Task Nobody_gets_what_is_not_theirs()
    {
        var principals = await PrincipalsAsync();
        var operations = Operations(await fixture.Admin.FetchAsync("/openapi/v1.json")).ToList();
        operations.Count.ShouldBeGreaterThan(90);
        var wrong = new List<string>();

        foreach (var (method, path, right) in operations)
        foreach (var principal in principals)
        {
            var status = await AskAsync(principal.Client, method, path);
            if (!IsExpected(principal, path, right, status))
                wrong.Add($"{principal.Name}: {method} {path} ({right}) answered {(int)status}");
        }

        wrong.ShouldBeEmpty();
        principals.ForEach(p => p.Client.Dispose());
        // Others count on there being one admin.
        await fixture.Admin.ExpectAsync(HttpStatusCode.OK, "DELETE", $"/api/v1/people/{_otherAdmin}");
    }

    private static bool IsExpected(Principal principal, string path, string right, HttpStatusCode status)
    {
        if ((int)status >= 500 && status != HttpStatusCode.ServiceUnavailable)
            return false;
        // Anybody may come to the door, and is refused there where what they bring is wrong; Torch v1's scripts on this machine know no key.
        if (right == "anonymous" || (path == "/api/v1/post/reports" && !principal.IsKnown))
            return true;
        if (!principal.IsKnown)
            return status == HttpStatusCode.Unauthorized;
        return principal.Rights.Contains(right)
            ? status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            : status == HttpStatusCode.Forbidden;
    }

    private async Task<List<Principal>> PrincipalsAsync()
    {
        var (torch, admin) = (fixture.Torch, fixture.Admin);
        await admin.AddPersonAsync("every-viewer", "viewer");
        await admin.AddPersonAsync("every-editor", "editor");
        _otherAdmin = await admin.AddPersonAsync("every-admin", "admin");
        var (revokedId, revoked) = await admin.AddKeyAsync(new { name = "revoked", scopes = Everything });
        await admin.ExpectAsync(HttpStatusCode.OK, "DELETE", $"/api/v1/keys/{revokedId}");
        var agent = await admin.ExpectAsync(HttpStatusCode.Created, "POST", "/api/v1/agents", """{"name":"every"}""");
        return
        [
            new("nobody", torch.Client(), [], IsKnown: false),
            new("a made-up key", torch.Client("torch_0123"), [], IsKnown: false),
            new("a revoked key", torch.Client(revoked), [], IsKnown: false),
            new("nobody", torch.Browser("__Host-torch=AAAA"), [], IsKnown: false),
            new("a key to report", await KeyAsync("ingest"), ["ingest"]),
            new("a key to read", await KeyAsync("read"), ReadOnly),
            new("a key to write", await KeyAsync("write"), ["read", "write"]),
            new("an admin's key", await KeyAsync("admin"), Everything),
            new("an agent", torch.Client(agent.Text("key")), ["agent"]),
            new("a viewer", torch.Browser(await torch.SignInAsync("every-viewer")), [.. ReadOnly, "person"]),
            new("an editor", torch.Browser(await torch.SignInAsync("every-editor")), [.. Editing, "person"]),
            new("an admin", torch.Browser(await torch.SignInAsync("every-admin")), [.. Everything, "person"]),
        ];
    }

    private async Task<HttpClient> KeyAsync(string scope) =>
        fixture.Torch.Client((await fixture.Admin.AddKeyAsync(new { name = scope, scopes = new[] { scope } })).Key);

    private static async Task<HttpStatusCode> AskAsync(HttpClient client, string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method is "POST" or "PUT" or "PATCH")
            request.Content = Json.Content("{}");
        // The head is enough: the stream of events never ends.
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return answer.StatusCode;
    }

    private static IEnumerable<(string Method, string Path, string Right)> Operations(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        // It would sign out the browsers that ask for what comes after it.
        where operation.Value.Text("operationId") != "SignOut"
        select (operation.Name.ToUpperInvariant(), Filled(path.Name), operation.Value.Text("x-torch-right"));

    // Ids of nothing: what is asked for is the right, not the thing.
    private static string Filled(string path) =>
        Hole()
            .Replace(
                path,
                hole =>
                    hole.Value is "{position}" ? "999999999"
                    : hole.Value is "{name}" ? "nothing"
                    : Nothing
            );

    private const string Nothing = "0190a000-0000-7000-8000-00000000dead";

    [GeneratedRegex(@"\{\w+\}", RegexOptions.NonBacktracking)]
    private static partial Regex Hole();
}
