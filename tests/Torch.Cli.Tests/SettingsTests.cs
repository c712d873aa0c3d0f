using System.Net;
using Torch.Cli.Settings;

namespace Torch.Cli.Tests;

public sealed class SettingsTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"torch-settings-{Guid.CreateVersion7():N}.json");

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void A_flag_beats_the_environment_which_beats_the_file()
    {
        var file = FileOf("""{ "urls": "http://127.0.0.1:1", "workspace": "file", "data": "/file" }""");
        var environment = new Dictionary<string, string>
        {
            ["TORCH_URLS"] = "http://127.0.0.1:2",
            ["TORCH_WORKSPACE"] = "env",
        };
        var layers = new SettingLayers(
            s => s == Setting.Urls ? "http://127.0.0.1:3" : null,
            environment.GetValueOrDefault,
            file
        );

        var settings = ServeSettings.From(layers);

        settings.Server.Urls.ShouldBe(["http://127.0.0.1:3"]);
        settings.Server.Workspace.ShouldBe("env");
        settings.Data.ShouldBe(Path.GetFullPath("/file"));
    }

    [Fact]
    public void Without_any_setting_Torch_listens_on_loopback_and_runs_its_own_PostgreSQL()
    {
        var settings = ServeSettings.From(Layers("{}"));

        settings.Server.Urls.ShouldBe(["http://127.0.0.1:8080"]);
        settings.Postgres.ShouldBeNull();
        settings.Server.AdminKey.ShouldBeNull();
    }

    [Theory]
    [InlineData("{}", true)]
    [InlineData("""{ "allowPrivateTargets": true }""", true)]
    [InlineData("""{ "allowPrivateTargets": false }""", false)]
    public void Private_networks_are_probed_unless_the_deployment_forbids_it(string file, bool isAllowed)
    {
        var targets = ServeSettings.From(Layers(file)).Targets;

        targets.Allows(IPAddress.Parse("10.0.0.1")).ShouldBe(isAllowed);
        targets.Allows(IPAddress.Parse("169.254.169.254")).ShouldBeFalse();
    }

    [Fact]
    public void A_list_is_an_array_or_a_text_with_separators()
    {
        string[] both = ["http://127.0.0.1:1", "http://127.0.0.1:2"];
        ServeSettings
            .From(Layers("""{ "urls": ["http://127.0.0.1:1", "http://127.0.0.1:2"] }"""))
            .Server.Urls.ShouldBe(both);
        ServeSettings
            .From(Layers("""{ "urls": "http://127.0.0.1:1; http://127.0.0.1:2" }"""))
            .Server.Urls.ShouldBe(both);
    }

    [Fact]
    public void Each_setting_has_one_spelling_for_each_place()
    {
        Setting.V1Anonymous.Flag.ShouldBe("--v1-anonymous");
        Setting.V1Anonymous.Variable.ShouldBe("TORCH_V1_ANONYMOUS");
        Setting.V1Anonymous.Key.ShouldBe("v1Anonymous");
        Setting.All.Select(s => s.Key).ShouldBeUnique();
    }

    [Theory]
    [InlineData("""{ "ulrs": "x" }""", "\"ulrs\" is no setting")]
    [InlineData("""{ "urls": """, "is not JSON: line 1")]
    [InlineData("""[]""", "expected an object")]
    [InlineData("""{ "urls": 5 }""", "\"urls\" must be a text")]
    [InlineData("""{ "v1Anonymous": "10.0.0.0/99" }""", "no network")]
    [InlineData("""{ "behindProxy": "perhaps" }""", "neither true nor false")]
    public void What_makes_no_sense_is_named(string json, string says) =>
        Should.Throw<SettingException>(() => ServeSettings.From(Layers(json))).Message.ShouldContain(says);

    [Fact]
    public void A_wrong_connection_string_is_refused_without_repeating_its_password()
    {
        var refused = Should.Throw<SettingException>(() =>
            ServeSettings.From(Layers("""{ "postgres": "Hots=x;Password=secret" }"""))
        );
        refused.Message.ShouldContain("--postgres");
        refused.Message.ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("{}", 256, 16)]
    [InlineData("""{ "maxProbes": "8" }""", 8, 8)]
    [InlineData("""{ "maxProbes": "4096", "maxProbesPerHost": "4096" }""", 4_096, 4_096)]
    [InlineData("""{ "maxProbesPerHost": "1" }""", 256, 1)]
    public void An_agent_probes_as_much_at_once_as_was_said(string file, int probes, int perHost)
    {
        var agent = ServeSettings.From(Layers(file)).Work.Options("here", new("spool.db"));
        (agent.MaxProbes, agent.MaxProbesPerHost).ShouldBe((probes, perHost));
    }

    [Theory]
    [InlineData("""{ "maxProbes": "0" }""", "--max-probes: \"0\" is no whole number from 1 to 4096")]
    [InlineData("""{ "maxProbes": "4097" }""", "from 1 to 4096")]
    [InlineData("""{ "maxProbes": "2.5" }""", "from 1 to 4096")]
    [InlineData("""{ "maxProbesPerHost": "0" }""", "--max-probes-per-host: \"0\" is no whole number from 1 to 256")]
    [InlineData("""{ "maxProbes": "8", "maxProbesPerHost": "9" }""", "from 1 to 8")]
    public void More_or_less_at_once_than_makes_sense_is_refused(string file, string says) =>
        Should.Throw<SettingException>(() => ServeSettings.From(Layers(file))).Message.ShouldContain(says);

    [Fact]
    public void Each_part_of_an_agent_can_be_switched_off_in_the_server_too()
    {
        var whole = ServeSettings.From(Layers("{}")).Work.Options("here", new("spool.db"));
        (whole.Schedules, whole.Exports, whole.Spool!.Collects).ShouldBe((true, true, true));
        var off = ServeSettings
            .From(Layers("""{ "noScheduler": true, "noExporter": true, "noCollector": true }"""))
            .Work.Options("here", new("spool.db"));
        (off.Schedules, off.Exports, off.Spool!.Collects).ShouldBe((false, false, false));
    }

    private SettingLayers Layers(string json) => new(_ => null, _ => null, FileOf(json));

    private IReadOnlyDictionary<Setting, string> FileOf(string json)
    {
        File.WriteAllText(_file, json);
        return SettingsFile.Read(_file);
    }
}
