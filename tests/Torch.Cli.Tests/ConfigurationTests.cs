using System.Text;

namespace Torch.Cli.Tests;

/// <summary>Configuration as code, and imports, from the command line.</summary>
public sealed class ConfigurationTests(SharedTorch torch) : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task A_file_is_planned_applied_and_then_as_wanted()
    {
        await File.WriteAllTextAsync(
            _file,
            """
            checks:
              - { name: Library site, kind: http, interval: 1h, enabled: false, http: { url: "http://127.0.0.1:1/" } }
            nodes:
              - name: Library
                children: [{ name: Site, check: Library site }]
            """
        );
        var plan = await torch.RunAsync(ExitCodes.Success, "apply", "-f", _file, "--dry-run");
        plan.ShouldContain("+ node Library/Site");
        plan.ShouldContain("3 to create, 0 to change, 0 to delete");
        (await torch.RunAsync(ExitCodes.Success, "apply", "-f", _file)).ShouldContain("3 created");
        (await torch.RunAsync(ExitCodes.Success, "apply", "-f", _file)).ShouldContain("nothing to change: 3 objects");
        (await torch.RunAsync(ExitCodes.Success, "export")).ShouldContain("check: Library site");

        await File.WriteAllTextAsync(_file, "nodes:\n  - name: Library\n    rollUp: sideways\n");
        var refused = await Cli.RunAsync("apply", "-f", _file, "--server", torch.Address);
        refused.ExitCode.ShouldBe(ExitCodes.Server);
        refused.Errors.ShouldContain($"{_file}:3:13: ");
        refused.Errors.ShouldContain("nothing was changed");
    }

    [Fact]
    public async Task A_table_is_imported_once_and_what_it_cannot_carry_is_said()
    {
        await File.WriteAllTextAsync(
            _file,
            "name,target,group,interval\nFront,http://127.0.0.1:1/,Web,1h\nOdd,nowhere:x:y,,\n"
        );
        string[] import = ["import", "csv", _file, "--root", "Imported by test"];
        var planned = await Cli.RunAsync([.. import, "--dry-run", "--server", torch.Address]);
        planned.Output.ShouldContain("+ node Imported by test/Web/Front");
        planned.Errors.ShouldContain("not carried: Odd: ");
        await torch.RunAsync(ExitCodes.Success, import);
        (await torch.RunAsync(ExitCodes.Success, import)).ShouldContain("nothing to change");
    }

    [Fact]
    public async Task A_file_in_another_encoding_is_refused_before_names_are_spoilt()
    {
        await File.WriteAllBytesAsync(_file, Encoding.Latin1.GetBytes("name,target\nMüller,http://127.0.0.1:1/\n"));

        var refused = await Cli.RunAsync("import", "csv", _file, "--server", torch.Address);

        refused.ExitCode.ShouldBe(ExitCodes.Settings);
        refused.Errors.ShouldContain("is no UTF-8 text");
    }
}
