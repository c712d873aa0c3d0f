using System.Text.Json;
using Npgsql;
using Torch.Testing;

namespace Torch.Cli.Tests;

/// <summary>Torch v1's tables, from files and from its database, into a running Torch.</summary>
public sealed class ImportV1Tests : IDisposable
{
    private readonly SharedTorch _torch;
    private readonly string _dump = Directory.CreateTempSubdirectory("torch-v1-").FullName;

    public ImportV1Tests(SharedTorch torch)
    {
        _torch = torch;
        Write("nodes", "title,id,excluded,parent", "Old shop,1,f,", "Payments,2,f,1", "\"Old, unused\",3,t,1");
        Write(
            "reports",
            "id,report_id,title,description,value,parent,time",
            $"1,queue,Queue,messages waiting,3,2,{Time(-1)}",
            $"2,queue,Queue,messages waiting,17,2,{Time(0)}",
            $"3,lost,Lost,,1,nowhere,{Time(0)}"
        );
        Write("rules", "id,report_id,operator,threshold,action", "1,queue,>,10,set_parent_status_critical");
        Write(
            "node_rules",
            "id,node_id,rule",
            """1,1,"{""conditions"":{""operator"":""AND"",""conditions"":[{""node_id"":""2"",""status"":""critical"",""title"":""Payments""}]},""action"":""set_parent_status_down""}" """
        );
    }

    public void Dispose() => Directory.Delete(_dump, recursive: true);

    [Fact]
    public async Task A_dump_is_shown_first_imported_then_and_not_imported_twice()
    {
        var dry = await RunAsync("--folder", _dump, "--dry-run");
        dry.ShouldContain("would create 4 nodes and 2 reports; 0 nodes and 0 reports were there already; 1 could");
        dry.ShouldContain("not carried: report lost stays unplaced: there is no node nowhere");
        dry.ShouldContain("leaf Queue, when value > 10 then critical");
        (await StatusOfAsync("Old shop")).ShouldBeNull();

        (await RunAsync("--folder", _dump)).ShouldContain("created 4 nodes and 2 reports");
        await Eventually.IsTrueAsync(async () => (await StatusOfAsync("Old shop")) == "down");
        (await StatusOfAsync("Payments")).ShouldBe("critical");
        (await StatusOfAsync("Old, unused")).ShouldBe("paused");
        (await RunAsync("--folder", _dump)).ShouldContain("created 0 nodes and 0 reports; 4 nodes and 2 reports");
        var again = (await RunAsync("--folder", _dump, "--json")).Lines().ShouldHaveSingleItem();
        again.GetProperty("applied").GetBoolean().ShouldBeTrue();
        again.GetProperty("nodes").GetArrayLength().ShouldBe(0);
        again.GetProperty("unchangedNodes").GetInt32().ShouldBe(4);
        again.GetProperty("left")[0].GetString().ShouldBe("report lost stays unplaced: there is no node nowhere");
    }

    [Fact]
    public async Task A_database_of_Torch_v1_is_read_by_its_connection_string()
    {
        await using var v1 = await TestDatabase.CreateAsync();
        await ExecuteAsync(
            v1.ConnectionString,
            """
            create table nodes (id integer, title text, parent integer, excluded boolean);
            create table reports (id integer, report_id text, title text, description text, value integer, parent text, time timestamptz);
            create table rules (id integer, report_id text, operator text, threshold integer, action text);
            create table node_rules (id integer, node_id integer, rule jsonb);
            insert into nodes values (901, 'Older shop', null, false);
            insert into reports values (901, 'line', 'Line', null, 0, '901', now());
            insert into rules values (901, 'line', '<=', 0, 'set_parent_status_down');
            """
        );
        (await RunAsync("--connection", v1.ConnectionString)).ShouldContain("created 2 nodes and 1 reports");
        await Eventually.IsTrueAsync(async () => (await StatusOfAsync("Older shop")) == "down");
    }

    [Fact]
    public async Task Either_a_folder_or_a_connection_is_needed()
    {
        var ended = await Cli.RunAsync("import", "v1");
        ended.ExitCode.ShouldBe(ExitCodes.Settings);
        ended.Errors.ShouldContain("either --folder or --connection");
    }

    private Task<string> RunAsync(params string[] arguments) =>
        Cli.RunAsync(ExitCodes.Success, ["import", "v1", .. arguments, "--postgres", _torch.Postgres]);

    private async Task<string?> StatusOfAsync(string name)
    {
        var waiting = new Queue<JsonElement>((await _torch.GetAsync("/api/v1/trees")).EnumerateArray());
        while (waiting.TryDequeue(out var node))
        {
            if (node.GetProperty("name").GetString() == name)
                return node.GetProperty("status").GetString();
            foreach (var child in node.GetProperty("children").EnumerateArray())
                waiting.Enqueue(child);
        }
        return null;
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static string Time(int minutes) => DateTimeOffset.UtcNow.AddMinutes(minutes).ToString("O");

    private void Write(string table, params string[] lines) =>
        File.WriteAllText(Path.Combine(_dump, table + ".csv"), string.Join('\n', lines) + "\n");
}
