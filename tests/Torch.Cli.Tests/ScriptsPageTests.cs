using System.Text.Json;

namespace Torch.Cli.Tests;

/// <summary>Every snippet of docs/scripts.md, run as it stands there, with a key of its own and a real Torch.</summary>
public sealed class ScriptsPageTests(SharedTorch torch) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("torch-scripts-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_snippets_of_curl_do_what_they_say()
    {
        Need("bash", "curl");
        var before = await ReportedAsync("queue/orders");
        await RunAsync("bash", "curl report");
        (await ReportedAsync("queue/orders")).ShouldBeGreaterThan(before);
        (await RunAsync("bash", "curl ensure")).ShouldContain("\"applied\":true");
        (await RunAsync("bash", "curl ensure")).ShouldContain("\"changes\":[]");
        (await RunAsync("bash", "curl status")).ShouldContain("\"sentence\":\"Backups is ");
        (await RunAsync("bash", "curl annotate")).ShouldContain("\"version\":1");
        // It ends because it was told to: 28 says so.
        (await RunAsync("bash", "curl follow", 28)).ShouldContain("event: hello");
    }

    [Fact]
    public async Task A_script_in_bash_reports_its_outcome_and_ends_as_it_did()
    {
        Need("bash", "curl");
        var script = Write("bash run", "run.sh");

        await EndAsync("bash", 0, script, "echo", "42 \"GB\"");
        (await LatestAsync("backup/db1")).GetProperty("status").GetString().ShouldBe("up");
        await EndAsync("bash", 3, script, "bash", "-c", "echo no space left; exit 3");

        var latest = await LatestAsync("backup/db1");
        latest.GetProperty("status").GetString().ShouldBe("down");
        latest.GetProperty("value").GetDouble().ShouldBe(3);
        latest.GetProperty("message").GetString()!.ShouldContain("no space left");
    }

    [Fact]
    public Task The_snippet_of_Python_does_what_it_says() => DoesAllAsync("python3", "python all", "torch_snippet.py");

    [Fact]
    public Task The_snippet_of_Node_does_what_it_says() => DoesAllAsync("node", "node all", "torch.mjs");

    [Fact]
    public async Task The_snippet_of_PowerShell_does_what_it_says()
    {
        Need("pwsh");
        (await EndAsync("pwsh", 0, "-NoProfile", "-File", Write("pwsh report", "torch.ps1"))).ShouldContain(
            "Backups is "
        );
    }

    [Fact]
    public async Task The_snippet_of_CSharp_does_what_it_says()
    {
        var assembly = await Compiler.CompileAsync(Write("csharp all", "torch.cs"));
        (await DidAllAsync(() => EndAsync("dotnet", 0, assembly))).ShouldContain("hello");
    }

    [Fact]
    public async Task A_client_that_is_generated_from_the_document_compiles_strictly_and_works()
    {
        var modules = Path.Combine(Scripts.Repository, "node_modules");
        Assert.SkipUnless(Directory.Exists(Path.Combine(modules, "openapi-typescript")), "npm ci was not run");
        File.CreateSymbolicLink(Path.Combine(_folder, "node_modules"), modules);
        File.WriteAllText(Path.Combine(_folder, "package.json"), """{"type":"module"}""");
        var source = Write("typescript client", "client.ts");
        var document = Path.Combine(_folder, "torch.json");
        File.WriteAllText(document, await torch.Http.GetStringAsync("/openapi/v1.json"));

        var generator = Path.Combine(modules, "openapi-typescript", "bin", "cli.js");
        await EndAsync("node", 0, generator, document, "-o", Path.Combine(_folder, "torch.d.ts"));
        string[] strictly =
        [
            "--strict",
            "--exactOptionalPropertyTypes",
            "--noUncheckedIndexedAccess",
            "--skipLibCheck",
        ];
        string[] how = ["--target", "es2022", "--module", "nodenext", "--types", "node"];
        var compiler = Path.Combine(modules, "typescript", "bin", "tsc");
        await EndAsync("node", 0, [compiler, .. strictly, .. how, source]);
        await RunAsync("bash", "curl ensure");

        (await EndAsync("node", 0, Path.Combine(_folder, "client.js"))).ShouldContain("Backups ");
    }

    private async Task DoesAllAsync(string interpreter, string snippet, string file)
    {
        Need(interpreter);
        var script = Write(snippet, file);
        (await DidAllAsync(() => EndAsync(interpreter, 0, script))).ShouldContain("hello");
    }

    private async Task<string> DidAllAsync(Func<Task<string>> run)
    {
        var (queue, backup) = (await ReportedAsync("queue/orders"), await ReportedAsync("backup/db1"));
        var said = await run();
        said.ShouldContain("Backups is ");
        (await ReportedAsync("queue/orders")).ShouldBeGreaterThan(queue);
        (await ReportedAsync("backup/db1")).ShouldBeGreaterThan(backup);
        return said;
    }

    /// <summary>When the source's newest report came, in ticks; 0 where it has none.</summary>
    private async Task<long> ReportedAsync(string source)
    {
        var head = (await torch.GetAsync("/api/v1/system")).GetProperty("head").GetInt64();
        var query = $"source={Uri.EscapeDataString(source)}&minPosition={head}";
        var found = (await torch.GetAsync("/api/v1/reports?" + query)).GetProperty("items");
        return found.GetArrayLength() == 0 ? 0 : found[0].GetProperty("at").GetDateTimeOffset().UtcTicks;
    }

    private async Task<JsonElement> LatestAsync(string source)
    {
        await ReportedAsync(source);
        return (await torch.GetAsync($"/api/v1/reports?source={Uri.EscapeDataString(source)}")).GetProperty("items")[0];
    }

    private Task<string> RunAsync(string interpreter, string snippet, int exitCode = 0) =>
        EndAsync(interpreter, exitCode, Write(snippet, snippet.Replace(' ', '-')));

    private async Task<string> EndAsync(string program, int exitCode, params string[] arguments)
    {
        (string, string)[] variables =
        [
            ("TORCH_SERVER", torch.Address),
            ("TORCH_KEY", await KeyAsync()),
            ("SECONDS_TO_FOLLOW", "2"),
        ];
        var (code, said) = await Scripts.RunAsync(program, arguments, _folder, variables);
        code.ShouldBe(exitCode, said);
        return said;
    }

    private async Task<string> KeyAsync()
    {
        var wanted = new { name = "scripts page", scopes = new[] { "ingest", "write" } };
        return (await torch.PostAsync("/api/v1/keys", wanted)).GetProperty("key").GetString()!;
    }

    private string Write(string snippet, string file)
    {
        var path = Path.Combine(_folder, file);
        File.WriteAllText(path, Scripts.Snippet(snippet));
        return path;
    }

    private static void Need(params string[] programs)
    {
        foreach (var program in programs)
            Assert.SkipUnless(Scripts.IsThere(program), $"{program} is not on this machine");
    }
}
